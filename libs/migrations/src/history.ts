import { ASlotOfOnesOwn1764147000000 } from './1764147000000-a-slot-of-ones-own';
import { Audience1764061320000 } from './1764061320000-audience';
import { AudienceSnapshot1764061380000 } from './1764061380000-audience-snapshot';
import { Communication1764061500000 } from './1764061500000-communication';
import { Delivery1764061560000 } from './1764061560000-delivery';
import { HaltByRight1764157000000 } from './1764157000000-halt-by-right';
import { HoldingText1764144600000 } from './1764144600000-holding-text';
import { Identity1764061260000 } from './1764061260000-identity';
import { Incident1764061440000 } from './1764061440000-incident';
import { NoticesWait1764156000000 } from './1764156000000-notices-wait';
import { OneCopyOfANumber1764144000000 } from './1764144000000-one-copy-of-a-number';
import { Platform1764061200000 } from './1764061200000-platform';
import { ToldBefore1764155000000 } from './1764155000000-told-before';

/** The one migration history, oldest first. */
export const migrations = [
  Platform1764061200000,
  Identity1764061260000,
  Audience1764061320000,
  AudienceSnapshot1764061380000,
  Incident1764061440000,
  Communication1764061500000,
  Delivery1764061560000,
  OneCopyOfANumber1764144000000,
  HoldingText1764144600000,
  ASlotOfOnesOwn1764147000000,
  ToldBefore1764155000000,
  NoticesWait1764156000000,
  HaltByRight1764157000000,
] as const;
