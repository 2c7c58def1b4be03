import type { IncidentSeverity } from '../vocabulary';
import type { SeverityReason, WhoIsHit } from './derive';
import type { HitFigures } from './hit-figures';

const hit = (figures: Partial<HitFigures>): WhoIsHit => ({
  kind: 'outage',
  emergencyCalls: 'unknown',
  hit: {
    subscriptions: 0,
    customers: 0,
    class0Out: 0,
    class0Partly: 0,
    class1: 0,
    wholeCounties: [],
    ...figures,
  },
});

/** Who is hit → how bad, and why. One sentence per row. @source invariants §2.5 */
export const severityCases: readonly {
  says: string;
  who: WhoIsHit;
  severity: IncidentSeverity;
  reasons: readonly SeverityReason[];
}[] = [
  {
    says: 'nobody resolved yet is minor',
    who: { kind: 'outage', emergencyCalls: 'unknown', hit: null },
    severity: 'minor',
    reasons: ['nothing-more'],
  },
  {
    says: 'emergency calls hit is critical before anybody is resolved',
    who: { kind: 'outage', emergencyCalls: 'affected', hit: null },
    severity: 'critical',
    reasons: ['emergency-calls-hit'],
  },
  {
    says: 'emergency calls not hit says nothing',
    who: { kind: 'outage', emergencyCalls: 'notAffected', hit: null },
    severity: 'minor',
    reasons: ['nothing-more'],
  },
  {
    says: 'one hospital out is critical',
    who: hit({ class0Out: 1 }),
    severity: 'critical',
    reasons: ['society-out'],
  },
  {
    says: 'a hospital partly hit is major',
    who: hit({ class0Partly: 1 }),
    severity: 'major',
    reasons: ['society-partly'],
  },
  {
    says: '99,999 subscriptions are major',
    who: hit({ subscriptions: 99_999 }),
    severity: 'major',
    reasons: ['thousand-subscriptions'],
  },
  {
    says: '100,000 subscriptions are critical',
    who: hit({ subscriptions: 100_000 }),
    severity: 'critical',
    reasons: ['many-subscriptions'],
  },
  {
    says: 'a whole county is critical',
    who: hit({ wholeCounties: ['NO-46'] }),
    severity: 'critical',
    reasons: ['whole-county'],
  },
  {
    says: 'one SLA customer is major',
    who: hit({ class1: 1 }),
    severity: 'major',
    reasons: ['sla-customer'],
  },
  {
    says: '999 subscriptions are minor',
    who: hit({ subscriptions: 999 }),
    severity: 'minor',
    reasons: ['nothing-more'],
  },
  {
    says: '1,000 subscriptions are major',
    who: hit({ subscriptions: 1_000 }),
    severity: 'major',
    reasons: ['thousand-subscriptions'],
  },
  {
    says: 'every reason of the worst severity is shown, none of a lesser',
    who: hit({ class0Out: 2, class1: 5, wholeCounties: ['NO-46'] }),
    severity: 'critical',
    reasons: ['society-out', 'whole-county'],
  },
  {
    says: 'planned works are minor, whomever they concern',
    who: {
      ...hit({ subscriptions: 100_000, class0Out: 1 }),
      kind: 'planned',
      emergencyCalls: 'affected',
    },
    severity: 'minor',
    reasons: ['planned-work'],
  },
];
