/**
 * What must hold, by the handbook's ids, in a few words. Each needs a test that cites its id; the index of proofs lists them.
 *
 * @source issue "What must hold"; invariants.md and security.md of the handbook
 */
export const promises = {
  'I-1': 'An accepted event is never lost.',
  'I-2': 'A gap is noticed.',
  'I-3': 'Repeats and wrong order change nothing.',
  'I-4': 'A poison event blocks nobody.',
  'I-5': 'A database that is down is neither loss nor a crash loop.',
  'I-8': 'What we publish arrives.',
  'I-9': 'The outbox skips nothing.',
  'A-1': 'Nothing is sent without the approvals of other people.',
  'A-2': 'Who wrote any version approves none.',
  'A-3': 'What is approved is what is sent.',
  'A-4': 'An approval does not last.',
  'A-5': 'Edit, approve and dispatch may race.',
  'A-6': 'The fast path carries no free text.',
  'A-8': 'An exercise never reaches a real recipient.',
  'A-9': 'An empty, boundless or surprising audience is refused.',
  'A-10': 'Every needed text is there and clean.',
  'DL-1': 'Nobody gets the same version twice on a channel.',
  'DL-2': 'Nobody approved for it is forgotten.',
  'DL-3': 'A final state never goes back.',
  'DL-4': 'A receipt that overtakes our own commit is not lost.',
  'DL-5': 'An old text never arrives after a newer one.',
  'DL-6': 'Nothing goes after its expiry.',
  'DL-7': 'The kill switch stops.',
  'DL-9': 'Critical first, private not starved.',
  'DL-12': 'A graceful stop loses nothing.',
  'DL-15': 'Every count on the screen is true.',
  'P-1': 'Redis may be wiped.',
  'P-2': 'Redis down blocks no request and no transaction.',
  'P-3': 'Crashing twice does not fail a job for good.',
  'P-4': 'PostgreSQL may restart.',
  'S-1': 'A sign-in is checked whole, and a fresh one is asked for where something is let go.',
  'S-2': 'Duties are separated in the database.',
  'S-3': 'Author and approver are persons, not accounts.',
  'S-4': 'Another country’s objects are not there.',
  'S-5': 'Nobody sets a field that is not theirs from a body.',
  'S-6': 'A route without a declared permission is closed.',
  'S-7': 'Taking a right away works at once.',
  'S-9': 'Each program has a database role of its own, with no more than it needs.',
  'S-10': 'A callback’s signature is checked over its exact address and every field.',
  'S-11': 'A callback moves its own delivery only, and only forward.',
  'S-12': 'Events are foreign: each is applied, counted or put aside.',
  'S-13': 'No regular expression can be made slow.',
  'S-16': 'No data becomes the source of a template.',
  'S-18': 'No header or command gets into mail.',
  'S-19': 'An address is what it looks like, and an envelope has one recipient.',
  'S-20': 'No content comes from a path or an address in data.',
  'S-26': 'An address is decrypted at the moment of sending, in the courier.',
  'S-27': 'No personal data in Redis, topics, job names, addresses of pages or metric labels.',
  'S-28': 'Logs show country and last two digits.',
  'S-29': 'One event, one line in the log.',
  'S-35': 'Secrets are in no dump and no error; each program holds only its own.',
  'S-36': 'Packages are the lock’s, and the broker’s client can be replaced.',
  'S-38': 'No undocumented route.',
} as const satisfies Readonly<Record<string, string>>;

/** One of the promises that need a proof. */
export type PromiseId = keyof typeof promises;

/** Every id, in the order of the handbook. */
export const promiseIds = Object.keys(promises) as readonly PromiseId[];

const idInText = /(?<![\w-])(?:I|A|DL|P|S)-\d+(?![\w-])/g;

/** The promises that a text cites, each once. */
export const promisesIn = (text: string): readonly PromiseId[] => {
  const found = new Set(text.match(idInText) ?? []);
  return promiseIds.filter((id) => found.has(id));
};
