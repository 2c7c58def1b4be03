import type {
  Area,
  Channel,
  Fields,
  Language,
  Mode,
  RenderedEmail,
  RenderedSms,
  Rendering,
  Texts,
} from '@varde/communication-domain';
import { renderEmail, renderSms } from '@varde/communication-domain';
import { instant } from '@varde/kernel';

/** A stored version of a message, with what is needed to fill its texts. */
export interface StoredVersion {
  readonly messageId: string;
  readonly version: number;
  readonly incidentId: string;
  readonly mode: Mode;
  readonly texts: Texts;
  readonly fields: Fields;
  readonly channels: readonly Channel[];
  readonly asOf: Date;
  readonly sendBefore: Date;
  readonly incidentNumber: string;
}

/** Everything that filling a version's texts takes, but for the language. */
export function renderingOf(
  version: StoredVersion,
  areas: readonly Area[],
  linkBase: string,
): Omit<Rendering, 'language'> {
  return {
    texts: version.texts,
    fields: version.fields,
    mode: version.mode,
    areas,
    linkBase,
    incidentNumber: version.incidentNumber,
    now: instant(version.asOf.getTime()),
    sendBefore: instant(version.sendBefore.getTime()),
  };
}

/** What a reader of this language gets on this channel. */
export function rendered(
  rendering: Omit<Rendering, 'language'>,
  language: Language,
  channel: Channel,
): RenderedSms | RenderedEmail {
  return channel === 'sms'
    ? renderSms({ ...rendering, language })
    : renderEmail({ ...rendering, language });
}
