import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** One mail as its bytes came over the wire, each byte a character. */
export interface RawMail {
  /** Between DATA and the final dot, dots still doubled. */
  readonly raw: string;
  /** The names of the header fields, in their order, as a relay reads them. */
  readonly fields: readonly string[];
}

/** A relay that takes everything, understands nothing, and keeps every byte. */
export interface RawRelay {
  readonly port: number;
  /** Every line that was said as a command. */
  readonly commands: readonly string[];
  readonly mails: readonly RawMail[];
  /** Every byte of every conversation. */
  readonly bytes: () => string;
  close(): Promise<void>;
}

const endOfMail = '\r\n.\r\n';

/** Opens the relay on a free port of loopback. */
export async function openRawRelay(): Promise<RawRelay> {
  const commands: string[] = [];
  const mails: RawMail[] = [];
  const sockets = new Set<Socket>();
  let bytes = '';
  const server = createServer((socket) => {
    let unread = '';
    let isMail = false;
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.write('220 relay.example\r\n');
    const step = (): boolean => {
      const end = unread.indexOf(isMail ? endOfMail : '\r\n');
      if (end < 0) return false;
      const said = unread.slice(0, end);
      unread = unread.slice(end + (isMail ? endOfMail.length : 2));
      if (isMail) mails.push({ raw: said, fields: fieldsOf(said) });
      else commands.push(said);
      isMail = !isMail && /^DATA$/i.test(said);
      socket.write(isMail ? '354 go on\r\n' : '250 fine\r\n');
      return true;
    };
    socket.on('data', (piece) => {
      bytes += piece.toString('latin1');
      unread += piece.toString('latin1');
      while (step());
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    port: (server.address() as AddressInfo).port,
    commands,
    mails,
    bytes: () => bytes,
    close: () =>
      new Promise((done) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => done());
      }),
  };
}

// A relay that is lenient about line ends takes a bare CR or LF for one: an attacker needs only one such relay.
function fieldsOf(raw: string): string[] {
  const lines = raw.split(/\r\n|\r|\n/);
  const end = lines.indexOf('');
  return lines
    .slice(0, end < 0 ? lines.length : end)
    .filter((line) => !/^[ \t]/.test(line))
    .map((line) => line.split(':')[0] ?? '');
}
