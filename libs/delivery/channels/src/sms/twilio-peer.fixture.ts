import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { aDeadPort, Peer } from '../peer.fixture';
import type { CallLimits } from '../channel';
import type { Opened } from '../channel.contract';
import { createSmsChannel, smsEnv } from './twilio.channel';
import { z } from 'zod';

/** How the stand-in of Twilio's API behaves, once it has read a request. */
export type TwilioBehaviour =
  | {
      readonly does: 'answer';
      readonly status: number;
      readonly body: unknown;
      readonly headers: Readonly<Record<string, string>>;
    }
  /** Bytes as they are, instead of HTTP. */
  | { readonly does: 'say'; readonly bytes: string }
  | { readonly does: 'reset' | 'close' | 'hang' | 'cut its answer' }
  /** Before any request. */
  | { readonly does: 'speak no TLS' | 'hang at TLS' | 'not listen' | 'have no name' };

const accountSid = 'AC00000000000000000000000000000002';

/** The SMS channel against Twilio's API as it may behave. */
export async function openTwilio(behaviour: TwilioBehaviour, limits: CallLimits): Promise<Opened> {
  const recipients: string[][] = [];
  const http = createServer((request, response) => {
    void formOf(request).then((form) => {
      if (request.method === 'POST') recipients.push(form.getAll('To'));
      act(behaviour, response);
    });
  });
  const peer = await Peer.listen((socket) => {
    if (behaviour.does !== 'hang at TLS') http.emit('connection', socket);
  });
  const channel = createSmsChannel(
    z.object(smsEnv).parse({
      VARDE_TWILIO_URL: await addressOf(behaviour, peer),
      VARDE_TWILIO_ACCOUNT_SID: accountSid,
      VARDE_TWILIO_AUTH_TOKEN: 'a-token-of-the-contract',
      VARDE_CALLBACK_URL: 'http://courier.example',
    }),
    limits,
  );
  return {
    channel,
    recipients: () => recipients,
    leftAlone: () => peer.leftAlone(),
    connectionCount: () => peer.connectionCount,
    close: () => peer.close(),
  };
}

async function addressOf({ does }: TwilioBehaviour, peer: Peer): Promise<string> {
  if (does === 'not listen') return `http://127.0.0.1:${await aDeadPort()}`;
  if (does === 'have no name') return 'http://no-such-provider.invalid';
  const isSecure = does === 'speak no TLS' || does === 'hang at TLS';
  return `${isSecure ? 'https' : 'http'}://127.0.0.1:${peer.port}`;
}

function act(behaviour: TwilioBehaviour, response: ServerResponse): void {
  switch (behaviour.does) {
    case 'answer': {
      const { status, body, headers } = behaviour;
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
      return;
    }
    case 'say':
      response.socket?.end(behaviour.bytes);
      return;
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'close':
      response.socket?.end();
      return;
    case 'cut its answer':
      response.writeHead(201, { 'content-length': 500 });
      response.write('{"sid":', () => response.socket?.resetAndDestroy());
      return;
    default: // it hangs, or nothing comes so far
  }
}

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return new URLSearchParams(Buffer.concat(chunks).toString());
}
