/** What the double reads of a mail while it comes in; the rest is parsed when somebody looks. */
export interface MailHead {
  /** With its angle brackets; empty when the mail has none. */
  readonly messageId: string;
  /** Still encoded, unfolded. */
  readonly subject: string;
  /** Subject and content without the multipart boundaries, which differ from try to try: what makes two mails equal. */
  readonly sameText: string;
  /** What no proper mail has, in words. */
  readonly violations: readonly string[];
}

const single = ['date', 'from', 'to', 'subject', 'message-id', 'reply-to', 'content-type'] as const;
const bareLineBreak = /(?<!\r)\n|\r(?!\n)/;
const longestLine = 998;

/** Reads the head of a mail from its raw bytes. */
export function readMailHead(raw: Buffer): MailHead {
  const text = raw.toString('latin1');
  const end = text.indexOf('\r\n\r\n');
  const head = end < 0 ? text : text.slice(0, end);
  const content = end < 0 ? '' : text.slice(end + 4);
  const fields = readFields(head);
  const subject = fields.get('subject')?.[0] ?? '';
  return {
    messageId: fields.get('message-id')?.[0] ?? '',
    subject,
    sameText: `${subject}\0${withoutBoundaries(text, content)}`,
    violations: [...fieldViolations(fields), ...lineViolations(text)],
  };
}

function readFields(head: string): Map<string, string[]> {
  const fields = new Map<string, string[]>();
  for (const line of head.replace(/\r\n[ \t]+/g, ' ').split('\r\n')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0)).trim().toLowerCase();
    fields.set(name, [...(fields.get(name) ?? []), line.slice(colon + 1).trim()]);
  }
  return fields;
}

function withoutBoundaries(text: string, content: string): string {
  const boundaries = [...text.matchAll(/boundary="?([^";\r\n]{1,80})/gi)].map(
    ([, name]) => name ?? '',
  );
  return boundaries.reduce((rest, name) => rest.split(name).join('BOUNDARY'), content);
}

function fieldViolations(fields: ReadonlyMap<string, readonly string[]>): string[] {
  const repeated = single.filter((name) => (fields.get(name)?.length ?? 0) > 1);
  return [
    ...repeated.map((name) => `the header field ${name} stands there more than once`),
    ...(fields.has('') ? ['a header line has no name'] : []),
  ];
}

function lineViolations(text: string): string[] {
  return [
    ...(bareLineBreak.test(text) ? ['a CR or LF stands alone'] : []),
    ...(text.includes('\0') ? ['there is a NUL in it'] : []),
    ...(text.split('\r\n').some((line) => line.length > longestLine)
      ? [`a line is longer than ${longestLine} octets`]
      : []),
  ];
}
