/** A subject with its encoded words read, for lists: the mail itself is parsed when somebody opens it. UTF-8 only. */
export function readableSubject(subject: string): string {
  const words = subject.replace(/(\?=)\s+(?==\?)/g, '$1');
  return words.replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_all, kind: string, text: string) =>
    kind.toLowerCase() === 'b'
      ? Buffer.from(text, 'base64').toString('utf8')
      : Buffer.from(
          text
            .replace(/_/g, ' ')
            .replace(/=([0-9A-F]{2})/gi, (_hex, octet: string) =>
              String.fromCharCode(Number.parseInt(octet, 16)),
            ),
          'latin1',
        ).toString('utf8'),
  );
}
