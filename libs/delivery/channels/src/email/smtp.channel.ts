import { randomBytes, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import MailComposer from 'nodemailer/lib/mail-composer';
import { z } from 'zod';
import { outcomeOfSmtp, type LookUp, type Outcome } from '@varde/delivery-domain';
import {
  callLimits,
  type CallLimits,
  type Channel,
  type Content,
  type OutgoingMessage,
} from '../channel';
import { idPart, isOneRecipient } from './envelope-address';
import { SmtpPool } from './smtp-pool';

/** Settings of the mail channel: our own relay, which signs and forwards. */
export const emailEnv = {
  VARDE_SMTP_URL: z
    .url({ protocol: /^smtps?$/ })
    .refine(hasWholeSignIn, 'names a user without a password, or a password without a user')
    .describe(
      'relay on the local network, smtp://host:port; with user:password@ we sign in, over TLS alone unless it is on 127.0.0.1; secret where it holds a password',
    ),
  VARDE_MAIL_FROM: z
    .email()
    .default('drift@varde.operator.example')
    .describe('sender of all mails; default drift@varde.operator.example'),
  VARDE_MAIL_FROM_NAME: z
    .string()
    .regex(/^[^\r\n"]{1,60}$/)
    .default('Driftsmelding')
    .describe("sender's name; default Driftsmelding"),
  VARDE_SMTP_CONNECTIONS: z.coerce
    .number()
    .int()
    .min(1)
    .max(100)
    .default(8)
    .describe('connections to the relay; default 8'),
};

/** The mail channel's settings, read. */
export type EmailConfig = z.infer<z.ZodObject<typeof emailEnv>>;

// Valid addresses on purpose: anything else comes out of the composer quoted. Nobody can write them into a text.
const placeholder = randomBytes(8).toString('hex');
const placeholderTo = `to.${placeholder}@placeholder.invalid`;
const placeholderId = `id.${placeholder}@placeholder.invalid`;

const composedAtOnce = 200;

/** Mail by our own relay. A text is composed once per language; only recipient and Message-ID differ. */
export function createEmailChannel(config: EmailConfig, limits: CallLimits = callLimits): Channel {
  const relay = new URL(config.VARDE_SMTP_URL);
  const isSecure = relay.protocol === 'smtps:';
  const pool = new SmtpPool({
    host: relay.hostname,
    port: Number(relay.port || (isSecure ? 465 : 25)),
    isSecure,
    signIn: signInOf(relay),
    limits,
    connections: config.VARDE_SMTP_CONNECTIONS,
    name: domainOf(config.VARDE_MAIL_FROM),
  });
  const composed = new Map<string, Promise<string>>();

  const composedOnce = (content: Content & { kind: 'email' }): Promise<string> => {
    const key = JSON.stringify(content);
    const known = composed.get(key);
    if (known) return known;
    const fresh = compose(content, config);
    composed.set(key, fresh);
    if (composed.size > composedAtOnce) composed.delete(composed.keys().next().value ?? '');
    return fresh;
  };

  return {
    channel: 'email',
    provider: 'smtp',
    async send(message: OutgoingMessage): Promise<Outcome> {
      if (message.content.kind !== 'email') throw new Error('the mail channel sends mail');
      if (!isOneRecipient(message.to))
        return { kind: 'rejected', reason: 'invalid-address', providerCode: '' };
      const name = message.name ?? message.ref ?? randomUUID();
      const messageId = messageIdOf(message.content, name, config);
      const raw = (await composedOnce(message.content))
        .replace(placeholderTo, () => message.to)
        .replace(placeholderId, () => messageId);
      const end = await pool.send(
        { from: config.VARDE_MAIL_FROM, to: message.to },
        Readable.from([raw]),
      );
      return end === 'accepted' ? { kind: 'accepted', providerRef: messageId } : outcomeOfSmtp(end);
    },
    // The relay's own log is the place to look; until that is connected nobody can tell.
    lookUp: (): Promise<LookUp> => Promise.resolve({ kind: 'cannot-tell' }),
    close: () => pool.close(),
  };
}

// Hoisted: the settings above ask it.
function hasWholeSignIn(url: string): boolean {
  const { username, password } = new URL(url);
  return (username === '') === (password === '');
}

const signInOf = ({ username, password }: URL): { user: string; pass: string } | undefined =>
  username === ''
    ? undefined
    : { user: decodeURIComponent(username), pass: decodeURIComponent(password) };

const messageIdOf = (
  content: Content & { kind: 'email' },
  name: string,
  config: EmailConfig,
): string => `${idPart(content.thread)}.${idPart(name)}@${domainOf(config.VARDE_MAIL_FROM)}`;

const domainOf = (address: string): string => address.split('@')[1] ?? 'localhost';

async function compose(content: Content & { kind: 'email' }, config: EmailConfig): Promise<string> {
  const domain = domainOf(config.VARDE_MAIL_FROM);
  const thread = `<${idPart(content.thread)}@${domain}>`;
  const mail = new MailComposer({
    from: { name: config.VARDE_MAIL_FROM_NAME, address: config.VARDE_MAIL_FROM },
    to: placeholderTo,
    subject: content.subject,
    text: content.text,
    messageId: `<${placeholderId}>`,
    inReplyTo: thread,
    references: [thread],
    disableFileAccess: true,
    disableUrlAccess: true,
    headers: {
      'Auto-Submitted': 'auto-generated',
      'Content-Language': content.language,
      'X-Auto-Response-Suppress': 'All',
      'List-Id': `<drift.${domain}>`,
      ...(content.isUrgent ? { Importance: 'high', 'X-Priority': '1', Priority: 'urgent' } : {}),
    },
  });
  return (await mail.compile().build()).toString('utf8');
}
