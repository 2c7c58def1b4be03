import { addressedChannels } from '@varde/delivery-domain';
import { keepsTheChannelContract, type ChannelUnderContract } from './channel.contract';
import { channelsEnv, createChannels } from './channel-registry';
import { mailContent, mailTo, smtpCases, smtpLookUps } from './email/smtp.cases';
import { openSmtp, type SmtpBehaviour } from './email/smtp-peer.fixture';
import { createSink } from './sink/sink.channel';
import { smsText, smsTo, takes, twilioCases, twilioLookUps } from './sms/twilio.cases';
import { openTwilio, type TwilioBehaviour } from './sms/twilio-peer.fixture';
import { z } from 'zod';

const twilio: ChannelUnderContract<TwilioBehaviour> = {
  channel: 'sms',
  provider: 'twilio',
  to: smsTo,
  content: { kind: 'sms', text: smsText },
  callsNobody: false,
  cases: twilioCases,
  lookUps: twilioLookUps,
  cannotCome: {},
  takesIt: takes,
  neverAnswers: { does: 'hang' },
  open: openTwilio,
};

const smtp: ChannelUnderContract<SmtpBehaviour> = {
  channel: 'email',
  provider: 'smtp',
  to: mailTo,
  content: mailContent,
  callsNobody: false,
  cases: smtpCases,
  lookUps: smtpLookUps,
  cannotCome: { 'breaks down': 'a relay says it with 4xx, which is "busy", or 5xx, which is "no"' },
  takesIt: { does: 'take' },
  neverAnswers: { does: 'hang', at: 'dot' },
  open: openSmtp,
};

const nothingReachesIt = 'a sink calls nobody';
const sinkFor = ({ channel, to, content }: Pick<typeof twilio, 'channel' | 'to' | 'content'>) =>
  ({
    channel,
    provider: 'sink',
    to,
    content,
    callsNobody: true,
    cases: [
      {
        situation: 'takes it',
        sentence: 'it calls nobody',
        behaviour: undefined,
        outcome: { kind: 'accepted' },
      },
    ],
    lookUps: [{ sentence: 'it remembers nothing', behaviour: undefined, found: 'cannot-tell' }],
    cannotCome: {
      'has no name that is known': nothingReachesIt,
      'does not listen': nothingReachesIt,
      'fails at encryption': nothingReachesIt,
      'is busy': nothingReachesIt,
      'refuses for good': nothingReachesIt,
      'breaks down': nothingReachesIt,
      'breaks off after the request': nothingReachesIt,
      'never answers': nothingReachesIt,
      'answers garbage': nothingReachesIt,
    },
    takesIt: undefined,
    neverAnswers: undefined,
    open: async () => ({
      channel: createSink(channel),
      recipients: () => [],
      leftAlone: async () => undefined,
      connectionCount: () => 0,
      close: async () => undefined,
    }),
  }) satisfies ChannelUnderContract<undefined>;

keepsTheChannelContract(twilio);
keepsTheChannelContract(smtp);
const sinks = [twilio, smtp].map(sinkFor);
for (const sink of sinks) keepsTheChannelContract(sink);

describe('the registry', () => {
  const registered = createChannels(
    z.object(channelsEnv).parse({
      VARDE_TWILIO_ACCOUNT_SID: 'AC00000000000000000000000000000002',
      VARDE_TWILIO_AUTH_TOKEN: 'a-token-of-the-contract',
      VARDE_CALLBACK_URL: 'http://courier.example',
      VARDE_SMTP_URL: 'smtp://relay.example',
    }),
  );
  afterAll(() => registered.close());

  const underContract = [twilio, smtp, ...sinks].map(
    ({ channel, provider }) => `${channel} by ${provider}`,
  );

  it.each(addressedChannels)('has no way of %s that does not run the contract above', (channel) => {
    for (const mode of ['ACTUAL', 'EXERCISE', 'TEST'] as const) {
      const way = registered.for(channel, mode);
      expect(underContract).toContain(`${way.channel} by ${way.provider}`);
    }
  });

  it('A-8: gives credentials to what is meant, and a sink to everything else', () => {
    for (const channel of addressedChannels) {
      expect(registered.for(channel, 'ACTUAL').provider).not.toBe('sink');
      expect(registered.for(channel, 'EXERCISE').provider).toBe('sink');
      expect(registered.for(channel, 'TEST').provider).toBe('sink');
    }
  });
});
