import { connect } from 'node:net';

/** Sends bytes to 127.0.0.1 and hands back what has come when `enough` says so; `undefined` when nobody answers in time. */
export function ask(
  port: number,
  question: Buffer | string,
  enough: (answer: Buffer) => boolean,
  host = '127.0.0.1',
): Promise<Buffer | undefined> {
  return new Promise((settle) => {
    const socket = connect({ port, host });
    let answer = Buffer.alloc(0);
    const done = (result: Buffer | undefined): void => {
      socket.destroy();
      settle(result);
    };
    socket.setTimeout(2000, () => done(undefined));
    socket.once('error', () => done(undefined));
    socket.once('end', () => done(undefined));
    socket.on('data', (bytes: Buffer) => {
      answer = Buffer.concat([answer, bytes]);
      if (enough(answer)) done(answer);
    });
    socket.once('connect', () => {
      if (question.length === 0) done(answer);
      else socket.write(question);
    });
  });
}
