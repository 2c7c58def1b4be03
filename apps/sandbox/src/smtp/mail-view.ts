import { simpleParser } from 'mailparser';

/** A mail as a person sees it. */
export interface MailView {
  readonly from: string;
  readonly subject: string;
  readonly text: string;
  /** The HTML part as it came; only ever shown in a frame without scripts. */
  readonly html: string | undefined;
  /** All header fields, as they came. */
  readonly headers: readonly string[];
}

/** Parses a mail, when somebody looks at it and not before. */
export async function viewMail(raw: Buffer): Promise<MailView> {
  const mail = await simpleParser(raw, { skipImageLinks: true });
  return {
    from: mail.from?.text ?? '',
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: mail.html === false ? undefined : mail.html,
    headers: mail.headerLines.map(({ line }) => line),
  };
}
