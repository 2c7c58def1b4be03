import type { AddressedChannel, LookUp, Outcome } from '@varde/delivery-domain';
import type { CallLimits, Channel, Content, OutgoingMessage } from './channel';

/** What the outside world may do to a message: the rows of the table of outcomes. @source invariants §4 */
export const situations = [
  'takes it',
  'has no name that is known',
  'does not listen',
  'fails at encryption',
  'is busy',
  'refuses for good',
  'breaks down',
  'breaks off after the request',
  'never answers',
  'answers garbage',
] as const;
/** One of {@link situations}. */
export type Situation = (typeof situations)[number];

/** How a provider behaves in one case, in words and for its stand-in, and what that means to us. */
export interface ChannelCase<Behaviour> {
  readonly situation: Situation;
  /** What exactly happens. */
  readonly sentence: string;
  readonly behaviour: Behaviour;
  /** An outcome, or what of it matters. */
  readonly outcome: Outcome | { readonly kind: 'accepted' };
  /** The limit that ends it, where nothing else would. */
  readonly endedBy?: keyof CallLimits | undefined;
}

/** {@link ChannelCase} as a row of a table. */
export type ChannelRow<Behaviour> = readonly [
  situation: Situation,
  sentence: string,
  behaviour: Behaviour,
  outcome: ChannelCase<Behaviour>['outcome'],
  endedBy?: keyof CallLimits,
];

/** The rows of a table, as the contract takes them. */
export const casesOf = <Behaviour>(
  rows: readonly ChannelRow<Behaviour>[],
): readonly ChannelCase<Behaviour>[] =>
  rows.map(([situation, sentence, behaviour, outcome, endedBy]) => ({
    situation,
    sentence,
    behaviour,
    outcome,
    endedBy,
  }));

/** What a provider shows when it is asked about an intent that nobody knows the end of. */
export interface LookUpCase<Behaviour> {
  readonly sentence: string;
  readonly behaviour: Behaviour;
  readonly found: LookUp['kind'];
  readonly endedBy?: keyof CallLimits | undefined;
}

/** A channel against a stand-in of its provider, over a real socket. */
export interface Opened {
  readonly channel: Channel;
  /** The recipients of every message that has reached the provider. */
  readonly recipients: () => readonly (readonly string[])[];
  /** Resolves as soon as no socket of the channel is open. */
  readonly leftAlone: () => Promise<void>;
  /** How many connections the channel has made so far. */
  readonly connectionCount: () => number;
  readonly close: () => Promise<void>;
}

/** A channel with everything that its contract needs to be run. */
export interface ChannelUnderContract<Behaviour> {
  readonly channel: AddressedChannel;
  readonly provider: string;
  readonly to: string;
  readonly content: Content;
  /** It holds no address of anybody: nothing that the world does can reach it. */
  readonly callsNobody: boolean;
  readonly cases: readonly ChannelCase<Behaviour>[];
  readonly lookUps: readonly LookUpCase<Behaviour>[];
  /** Situations that cannot come, each with its reason. */
  readonly cannotCome: Readonly<Partial<Record<Situation, string>>>;
  readonly takesIt: Behaviour;
  readonly neverAnswers: Behaviour;
  readonly open: (behaviour: Behaviour, limits: CallLimits) => Promise<Opened>;
}

// Only the limit that a case is about is short: a slow machine must not reach another one first.
const never: CallLimits = { connectMs: 60_000, callMs: 60_000, replyMs: 60_000 };
const soonMs = 100;
const limitsOf = (endedBy: keyof CallLimits | undefined): CallLimits =>
  endedBy ? { ...never, [endedBy]: soonMs } : never;

const ref = '00112233445566778899aabbccddeeff';

/**
 * What every channel keeps, run by each adapter over a real socket.
 *
 * @source style §5, §10; invariants §4
 */
export function keepsTheChannelContract<Behaviour>(subject: ChannelUnderContract<Behaviour>): void {
  const { channel, provider, to, content } = subject;
  const message: OutgoingMessage = { ref, to, content, validForSeconds: 600 };
  const opened: Opened[] = [];
  const open = async (behaviour: Behaviour, endedBy?: keyof CallLimits): Promise<Opened> => {
    const one = await subject.open(behaviour, limitsOf(endedBy));
    opened.push(one);
    return one;
  };
  afterEach(async () => {
    for (const one of opened.splice(0)) {
      await one.channel.close();
      await one.close();
    }
  });

  describe(`channel ${channel} by ${provider}`, () => {
    it('has the name under which gates and attempts know it', async () => {
      const { channel: made } = await open(subject.takesIt);
      expect([made.channel, made.provider]).toEqual([channel, provider]);
    });

    it('has a case for every row of the table of outcomes, or a reason why it cannot come', () => {
      const covered = [
        ...subject.cases.map(({ situation }) => situation),
        ...Object.keys(subject.cannotCome),
      ];
      expect(situations.filter((situation) => !covered.includes(situation))).toEqual([]);
    });

    describe('send, S-28: no number, mailbox or text is in the outcome of a provider that', () => {
      it.each(subject.cases)('$situation: $sentence', async ({ behaviour, outcome, endedBy }) => {
        const { channel: made } = await open(behaviour, endedBy);
        const said = await made.send(message);
        expect(said).toEqual(expect.objectContaining(outcome));
        for (const personal of personalParts(message))
          expect(JSON.stringify(said)).not.toContain(personal);
      });

      it('S-19: hears of one recipient, the one that was meant', async () => {
        const { channel: made, recipients } = await open(subject.takesIt);
        await made.send(message);
        expect(recipients()).toEqual(subject.callsNobody ? [] : [[to]]);
      });
    });

    describe('lookUp', () => {
      it.each(subject.lookUps)('$sentence: $found', async ({ behaviour, found, endedBy }) => {
        const { channel: made } = await open(behaviour, endedBy);
        const answer = await made.lookUp({ ref, to, content, claimedAt: 0 });
        expect(answer.kind).toBe(found);
      });
    });

    describe('close', () => {
      it('leaves no socket open', async () => {
        const { channel: made, leftAlone, connectionCount } = await open(subject.takesIt);
        await made.send(message);
        expect(connectionCount()).toBe(subject.callsNobody ? 0 : 1);
        await made.close();
        await leftAlone();
      });

      it('ends a call that is under way: it resolves, and as nothing that we know', async () => {
        const { channel: made, leftAlone, recipients } = await open(subject.neverAnswers);
        const sending = made.send(message);
        if (!subject.callsNobody) await untilReached(recipients);
        await made.close();
        const expected = subject.callsNobody ? 'accepted' : 'ambiguous';
        expect((await sending).kind).toBe(expected);
        await leftAlone();
      });
    });
  });
}

/** What of a message must not be in an outcome. */
const personalParts = ({ to, content }: OutgoingMessage): readonly string[] => [
  to,
  to.replace(/^\+/, ''),
  content.text,
  ...(content.kind === 'email' ? [content.subject] : []),
];

/** Waits for the provider to have the message, turn by turn of the event loop. */
async function untilReached(recipients: Opened['recipients']): Promise<void> {
  while (recipients().length === 0) await new Promise((turn) => setImmediate(turn));
}
