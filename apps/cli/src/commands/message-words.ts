import type { ShownMessage } from '@varde/contracts';
import { counted, grouped, localTime, modeLine, table } from '../words';

const shortHash = 12;

/** The part of a hash that people compare. */
export const shortHashOf = ({ contentSha256 }: Pick<ShownMessage, 'contentSha256'>): string =>
  contentSha256.slice(0, shortHash);

// Beside the message that says what is known, somebody must see at once which one says that nothing is. `voice.md` §3, a0
const stageOf = ({ stage }: Pick<ShownMessage, 'stage'>): string =>
  stage === 'a0' ? 'a0 holding text' : stage;

/** Messages as people read them. */
export const messageTable = (messages: readonly ShownMessage[]): string[] =>
  messages.length === 0
    ? ['No message here.']
    : table([
        ['message', 'incident', 'mode', 'stage', 'for', 'reach', 'state'],
        ...messages.map((one) => [
          one.messageId,
          one.incidentNumber,
          one.mode,
          stageOf(one),
          one.groups.join('+'),
          one.reach,
          one.state,
        ]),
      ]);

/** Everything that an approver must read: whom it reaches, every text as its reader gets it, what is wrong, what it costs. */
export function messageLines(one: ShownMessage): string[] {
  return [
    modeLine(one.mode, one.reach),
    `${one.incidentNumber}  ${stageOf(one)}  for ${one.groups.join(' and ')}, class ${one.classes.join(', ')}  ${one.state}`,
    `version ${one.version}, hash ${shortHashOf(one)}, ${one.approvals.length} of ${counted(one.approversNeeded, 'approval')}, may be sent until ${localTime(one.sendBefore)}`,
    forecastLine(one),
    ...one.texts.flatMap(textLines),
    '',
    ...one.problems.map(
      ({ severity, sentence, language }) =>
        `${severity === 'block' ? 'BLOCKS' : 'Asks'}${language === undefined ? '' : ` (${language})`}: ${sentence}`,
    ),
    ...one.history.map(
      ({ at, what, version, reason }) =>
        `${localTime(at)}  ${what}, version ${version}${reason === null ? '' : `: ${reason}`}`,
    ),
  ];
}

function forecastLine({ forecast }: ShownMessage): string {
  const cost = forecast.cost
    .map(({ micros, currency }) => `${(micros / 1e6).toFixed(2)} ${currency}`)
    .join(' + ');
  return `${counted(forecast.segmentCount, 'SMS segment')}, ${cost || 'no cost'}, ${grouped(forecast.minutes)} min at the present cap`;
}

type Text = ShownMessage['texts'][number];

const textLines = ({
  language,
  channel,
  recipientCount,
  segments,
  sms,
  subject,
  text,
}: Text): string[] => [
  '',
  `── ${language} ${channel}, ${counted(recipientCount, 'recipient')}${segments === undefined ? '' : `, ${counted(segments, 'segment')}`}`,
  ...(sms === undefined ? [`Subject: ${subject ?? ''}`, text ?? ''] : [sms]),
];
