/** One text, and what a log line may show of it. */
export const maskTextCases: readonly {
  readonly what: string;
  readonly text: string;
  readonly shown: string;
}[] = [
  { what: 'E.164', text: 'to +4790000902 failed', shown: 'to +47…02 failed' },
  { what: 'spaces', text: 'to +47 900 00 902.', shown: 'to +47…02.' },
  { what: 'brackets and dashes', text: '(+46) 70-174 06-05', shown: '(+46…05' },
  { what: '00 in front', text: '0045 20 00 09 06', shown: '+45…06' },
  { what: 'percent-encoded', text: 'To=%2B4790000902&Body=x', shown: 'To=+47…02&Body=x' },
  { what: 'no country', text: 'caller 90000902', shown: 'caller …02' },
  { what: 'dotted Danish', text: 'caller 20.00.09.06', shown: 'caller …06' },
  { what: 'glued to a word', text: 'whatsapp:+4790000902', shown: 'whatsapp:+47…02' },
  { what: 'a country of three digits', text: '+358401234567', shown: '+358…67' },
  { what: 'North America', text: '+15005550006', shown: '+1…06' },
  { what: 'two numbers', text: '+4790000902,+4520000906', shown: '+47…02,+45…06' },
  { what: 'mail', text: '<maja.author@staff.operator.example>', shown: '<…@….example>' },
  { what: 'mail in a URL', text: 'mailto:maja@operator.example', shown: 'mailto:…@….example' },
  { what: 'mail, percent-encoded', text: 'to=maja%40operator.example', shown: 'to=…@….example' },
  {
    what: 'a bearer',
    text: 'Authorization: Bearer abc.def-123',
    shown: 'Authorization: [removed]',
  },
  {
    what: 'a token',
    text: 'got eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln',
    shown: 'got [removed]',
  },
  {
    what: 'a password in a URL',
    text: 'postgres://varde_api:hunter2@127.0.0.1:5432/varde',
    shown: 'postgres://…@127.0.0.1:5432/varde',
  },
  {
    what: 'a token in a query',
    text: 'GET /confirm?token=s3cr3t&x=1',
    shown: 'GET /confirm?token=[removed]&x=1',
  },
  {
    what: 'a private key',
    text: '-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----',
    shown: '[removed]',
  },
  { what: 'a carriage return stays for JSON to escape', text: 'a\r\nb', shown: 'a\r\nb' },
  {
    what: 'signs that turn the line around',
    text: 'a\u202eb\u2028c\u009bd',
    shown: 'a\\u202eb\\u2028c\\u009bd',
  },
];

/** Texts that look like numbers and are none: they must stay readable. */
export const readableTexts: readonly string[] = [
  '5a4db0c5-0000-4000-8000-000000000012',
  '2026-11-25T03:12:45.123Z',
  '2026-11-25',
  'connect ECONNREFUSED 127.0.0.1:5432',
  'SM0123456789abcdef0123456789abcdef',
  '4bf92f3577b34da6a3ce929d0e0e4736',
  'deliver.5a4db0c5-0000-4000-8000-000000000012.sms-0.3',
  '412 rows in 17 ms',
];
