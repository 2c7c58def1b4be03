import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** The other side of a channel: a server on loopback that remembers its connections. */
export class Peer {
  private readonly sockets = new Set<Socket>();
  private readonly waiting: (() => void)[] = [];
  private readonly server: Server;
  /** How many connections were made to it. */
  connectionCount = 0;

  private constructor(serve: (socket: Socket) => void) {
    this.server = createServer((socket) => {
      this.connectionCount += 1;
      this.sockets.add(socket);
      socket.on('error', () => undefined); // a channel that goes away in the middle is what some cases are about
      socket.once('close', () => {
        this.sockets.delete(socket);
        if (this.sockets.size === 0) for (const tell of this.waiting.splice(0)) tell();
      });
      serve(socket);
    });
  }

  /** Listens on a free port of loopback. */
  static async listen(serve: (socket: Socket) => void): Promise<Peer> {
    const peer = new Peer(serve);
    peer.server.listen(0, '127.0.0.1');
    await once(peer.server, 'listening');
    return peer;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Resolves as soon as no connection is open. */
  leftAlone(): Promise<void> {
    if (this.sockets.size === 0) return Promise.resolve();
    return new Promise((tell) => this.waiting.push(tell));
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }
}

/** A port of loopback on which nobody listens. */
export async function aDeadPort(): Promise<number> {
  const peer = await Peer.listen(() => undefined);
  const { port } = peer;
  await peer.close();
  return port;
}
