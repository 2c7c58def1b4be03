import type { Clock } from '@varde/kernel';
import type { TestClock } from './clock/test-clock';
import type { Issuer } from './oidc/issuer';
import type { SmtpDouble } from './smtp/smtp-double';
import type { TwilioDouble } from './twilio/twilio-double';

/** The parts of the outside world, as the control routes and the page see them. */
export interface World {
  readonly twilio: TwilioDouble;
  readonly smtp: SmtpDouble;
  readonly issuer: Issuer;
  readonly clock: Clock;
  /** Absent when no database is configured. */
  readonly testClock: TestClock | undefined;
}
