/** How large a fault test is: as CI runs it with every change, each night, each week. */
export interface FaultSize {
  readonly recipients: number;
  readonly kills: number;
}

/** One table for all fault tests. The CI column runs in `npm run verify`; the others by `npm run fault -- --nightly|--weekly`. */
export const faultSizes = {
  'kill the courier': {
    ci: { recipients: 5_000, kills: 10 },
    nightly: { recipients: 50_000, kills: 50 },
    weekly: { recipients: 1_000_000, kills: 500 },
  },
  'kill the engine': {
    ci: { recipients: 5_000, kills: 10 },
    nightly: { recipients: 50_000, kills: 50 },
    weekly: { recipients: 1_000_000, kills: 500 },
  },
  'empty Redis': {
    ci: { recipients: 2_000, kills: 3 },
    nightly: { recipients: 50_000, kills: 20 },
    weekly: { recipients: 200_000, kills: 100 },
  },
  'replay Kafka': {
    ci: { recipients: 1_000, kills: 1 },
    nightly: { recipients: 20_000, kills: 5 },
    weekly: { recipients: 100_000, kills: 10 },
  },
  'cut PostgreSQL’s connections': {
    ci: { recipients: 3_000, kills: 5 },
    nightly: { recipients: 50_000, kills: 60 },
    weekly: { recipients: 200_000, kills: 120 },
  },
} as const satisfies Record<string, Record<'ci' | 'nightly' | 'weekly', FaultSize>>;

/** The form that this run asks for. */
export const faultForm = (process.env.VARDE_FAULT_FORM ?? 'ci') as 'ci' | 'nightly' | 'weekly';
