import { InvalidArgumentError } from 'commander';

const peers = {
  twilio: { protocols: ['http:', 'https:'], example: 'http://127.0.0.1:4100' },
  smtp: { protocols: ['smtp:'], example: 'smtp://127.0.0.1:4125' },
} as const;

/**
 * The address of a peer that the courier is pointed at in place of the sandbox. It is on this machine: the world here is
 * invented, and invented people's numbers may belong to somebody.
 *
 * @throws InvalidArgumentError for another machine, and for what is no address of that kind
 * @source issue, `npm run local`
 */
export function peerAddress(kind: keyof typeof peers, text: string): string {
  const { protocols, example } = peers[kind];
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !(protocols as readonly string[]).includes(url.protocol) || url.hostname === '')
    throw new InvalidArgumentError(`It is an address such as ${example}.`);
  if (/^(127(\.\d{1,3}){3}|localhost|\[::1\])$/.test(url.hostname)) return text;
  throw new InvalidArgumentError(
    `${url.hostname} is not this machine, and messages to invented people stay on it. Give an address on 127.0.0.1.`,
  );
}
