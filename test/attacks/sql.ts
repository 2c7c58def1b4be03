// Short ways to write what the attack list writes again and again. All values are invented and ours: no quoting is needed.

/** A person by a letter. */
export const person = (letter: string): string =>
  `00000000-0000-0000-0000-${letter.charCodeAt(0).toString(16).padStart(12, '0')}`;

/** An id by a number: of an incident, a message, a dispatch, a policy. */
export const id = (n: number): string => `10000000-0000-0000-0000-${String(n).padStart(12, '0')}`;

const text = (value: string | null | undefined): string =>
  value === null || value === undefined ? 'null' : `'${value}'`;

/** How a message differs from an ordinary one. */
export interface MessageWish {
  readonly mode?: string;
  readonly incident?: number;
  readonly safety?: boolean;
  readonly occasion?: number;
}

/** A message by a. */
export const message = (k: number, wish: MessageWish = {}): string => {
  const { mode = 'ACTUAL', incident = 900, safety = false, occasion = 1 } = wish;
  return `insert into communication.message (id, incident_id, mode, safety, created_by, occasion)
    values ('${id(k)}', '${id(incident)}', '${mode}', ${safety}, '${person('a')}', ${occasion})`;
};

/** How a version differs from an ordinary one. */
export interface VersionWish {
  readonly mode?: string;
  readonly reach?: number;
  readonly channels?: string;
  readonly audience?: string;
  /** How long it may be sent. */
  readonly life?: string;
  readonly embargo?: string;
  readonly fields?: string;
}

/** A hand-written version. */
export const version = (k: number, v: number, author: string, wish: VersionWish = {}): string => {
  const { mode = 'ACTUAL', reach = 10, channels = '{sms}', life = '1 hour', embargo } = wish;
  const { audience = '{"area": "NO-46"}', fields = '{}' } = wish;
  return `insert into communication.message_version
      (message_id, version, mode, texts, audience, reach, channels, fields, author, not_before, send_before)
    values ('${id(k)}', ${v}, '${mode}', '{"nb": {"sms": "text ${v}"}}', '${audience}', ${reach}, '${channels}', '${fields}',
      '${person(author)}', ${embargo ? `platform.clock() + interval '${embargo}'` : 'null'}, platform.clock() + interval '${life}')`;
};

/** How an approval differs from an honest one. */
export interface ApprovalWish {
  readonly life?: string;
  readonly reach?: number;
  readonly mode?: string;
  readonly hash?: string;
  readonly author?: string;
}

/** An approval of what is stored. */
export const approval = (k: number, v: number, who: string, wish: ApprovalWish = {}): string => {
  const { life = '3 hours', reach, mode, hash, author } = wish;
  return `insert into communication.approval
      (message_id, version, mode, content_sha256, author, confirmed_reach, approver, expires_at)
    select message_id, version, coalesce(${text(mode)}, mode), coalesce(${text(hash)}::bytea, content_sha256),
           coalesce(${text(author ? person(author) : null)}::uuid, author), coalesce(${reach ?? 'null'}, reach),
           '${person(who)}', platform.clock() + interval '${life}'
      from communication.message_version where message_id = '${id(k)}' and version = ${v}`;
};

/** How a dispatch differs from an ordinary one. */
export interface DispatchWish {
  readonly needed?: 1 | 2;
  readonly mode?: string;
  readonly incident?: number;
  readonly occasion?: number;
  /** The approvals that it names. */
  readonly first?: number | null;
  readonly second?: number | null;
}

/** A dispatch that a person has approved. */
export const dispatch = (d: number, k: number, v: number, wish: DispatchWish = {}): string => {
  const { needed = 1, mode = 'ACTUAL', incident = 900, occasion = 1, first = 1 } = wish;
  const { second = needed === 2 ? 2 : null } = wish;
  return `insert into communication.dispatch (id, message_id, version, mode, incident_id, approvers_needed,
      first_approval, second_approval, started_by, occasion)
    values ('${id(d)}', '${id(k)}', ${v}, '${mode}', '${id(incident)}', ${needed}, ${first}, ${second}, '${person('a')}', ${occasion})`;
};

/** How a delivery row differs from an ordinary one. */
export interface DeliveryWish {
  readonly exercise?: boolean;
  readonly mode?: string;
  readonly address?: string;
  readonly channel?: string;
  /** Left out, the recipient's own; null for none. */
  readonly class?: number | null;
}

/** One delivery row. */
export const delivery = (d: number, recipient: number, wish: DeliveryWish = {}): string => {
  const { exercise = false, mode = 'ACTUAL', address = String(recipient), channel = 'sms' } = wish;
  const lane =
    wish.class === undefined
      ? `(select class from delivery.recipient where id = ${recipient})`
      : String(wish.class);
  return `insert into delivery.delivery (dispatch_id, mode, recipient_id, is_exercise, class, channel, address_hmac)
    values ('${id(d)}', '${mode}', ${recipient}, ${exercise}, ${lane}, '${channel}', '${address}')`;
};

/** Delivery rows of all recipients that fit a condition. */
export const deliveries = (d: number, where: string): string =>
  `insert into delivery.delivery (dispatch_id, mode, recipient_id, is_exercise, class, channel, address_hmac)
   select '${id(d)}', 'ACTUAL', id, false, class, 'sms', id::text::bytea from delivery.recipient where ${where}`;

/** How a claim differs from an ordinary one. */
export interface ClaimWish {
  readonly n?: number;
  readonly epoch?: number;
  readonly class?: number;
  readonly channel?: string;
  readonly provider?: string;
}

/** Answers how many intents a claim gave. */
export const claim = (d: number, wish: ClaimWish = {}): string => {
  const { n = 20, epoch = 1, channel = 'sms', provider = 'twilio' } = wish;
  return `select count(*) from delivery.claim('${id(d)}', '${channel}', ${wish.class ?? 3}, '${provider}', ${n}, ${epoch})`;
};

/** Settles one row. */
export const settle = (d: number, recipient: number, state: string | null, ref?: string): string =>
  `select delivery.settle('${id(d)}', ${recipient}, 'sms', ${text(state)}, ${text(ref)})`;

/** Hands one row back. */
export const putBack = (
  d: number,
  recipient: number,
  attempt: number,
  called: boolean | null,
): string =>
  `select delivery.put_back('${id(d)}', ${recipient}, 'sms', ${attempt}, platform.clock(), ${called})`;

/** Sends once more what is unknown. */
export const reissue = (
  d: number,
  recipient: number,
  attempt: number,
  missing: boolean | null,
): string => `select delivery.reissue('${id(d)}', ${recipient}, 'sms', ${attempt}, ${missing})`;

/** A column of one delivery row. */
export const look = (d: number, recipient: number, column = 'state'): string =>
  `select ${column} from delivery.delivery where dispatch_id = '${id(d)}' and recipient_id = ${recipient}`;

/** Marks what will never go. */
export const sweep = (d: number): string => `select delivery.sweep('${id(d)}', 1000)`;

/** Closes a gate. */
export const halt = (scope: string, what: string, who = 'a'): string =>
  `select delivery.halt('${scope}', '${what}', '${person(who)}', 'wrong text')`;

/** Asks for a gate to be opened. */
export const askRelease = (scope: string, what: string, who: string): string =>
  `select delivery.ask_release('${scope}', '${what}', '${person(who)}', 'text corrected')`;

/** Opens a gate. */
export const release = (scope: string, what: string, who: string): string =>
  `select delivery.release('${scope}', '${what}', '${person(who)}', 'ok')`;

/** Several statements in one transaction. */
export const all = (...statements: readonly string[]): string => statements.join('; ');
