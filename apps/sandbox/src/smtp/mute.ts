import type { Socket } from 'node:net';

/** How the reply begins after which the server says nothing more. */
const replies = { ehlo: /^250-/, data: /^354/, quit: /^221/ } as const;

/** Verbs whose reply cannot be held back by a hook of the server. */
export type MutedVerb = keyof typeof replies;

/** Swallows the reply to a verb and everything after it: the client waits in vain on a connection that stands. */
export function muteAt(socket: Socket, verb: MutedVerb): void {
  const write = socket.write.bind(socket);
  let isMute = false;
  socket.write = (text: string) => {
    isMute ||= replies[verb].test(text);
    return isMute || write(text);
  };
}
