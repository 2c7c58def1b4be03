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
  'kill the fan-out': {
    ci: { recipients: 1_000, kills: 3 },
    nightly: { recipients: 100_000, kills: 3 },
    weekly: { recipients: 1_000_000, kills: 3 },
  },
  // More than two runs claim at once at full speed: of the older text something must wait when the newer one goes.
  'hold the older text': {
    ci: { recipients: 2_000, kills: 1 },
    nightly: { recipients: 20_000, kills: 1 },
    weekly: { recipients: 200_000, kills: 1 },
  },
  'couriers stand still past the expiry': {
    ci: { recipients: 500, kills: 1 },
    nightly: { recipients: 50_000, kills: 1 },
    weekly: { recipients: 1_000_000, kills: 1 },
  },
  'halt under load': {
    ci: { recipients: 2_000, kills: 3 },
    nightly: { recipients: 50_000, kills: 10 },
    weekly: { recipients: 500_000, kills: 10 },
  },
  // kills: critical rows that come while the backlog flows
  'critical behind a backlog': {
    ci: { recipients: 4_000, kills: 300 },
    nightly: { recipients: 100_000, kills: 5_000 },
    weekly: { recipients: 1_000_000, kills: 20_000 },
  },
  'stop in good order': {
    ci: { recipients: 2_000, kills: 1 },
    nightly: { recipients: 20_000, kills: 1 },
    weekly: { recipients: 200_000, kills: 1 },
  },
  // kills: messages that are made, submitted and approved meanwhile
  'Redis does not answer': {
    ci: { recipients: 50, kills: 4 },
    nightly: { recipients: 1_000, kills: 20 },
    weekly: { recipients: 5_000, kills: 100 },
  },
  // One chunk: what five kills end is one job.
  'kill the worker on one job': {
    ci: { recipients: 400, kills: 5 },
    nightly: { recipients: 500, kills: 10 },
    weekly: { recipients: 500, kills: 50 },
  },
  'early receipts': {
    ci: { recipients: 1_000, kills: 0 },
    nightly: { recipients: 50_000, kills: 0 },
    weekly: { recipients: 500_000, kills: 0 },
  },
  // More than two runs claim at once, so that one more claim is to be cut.
  'kill during COMMIT': {
    ci: { recipients: 2_000, kills: 10 },
    nightly: { recipients: 20_000, kills: 200 },
    weekly: { recipients: 100_000, kills: 1_000 },
  },
  // From here on: recipients are events of the network, or facts of the outbox.
  'numbered events': {
    ci: { recipients: 3_000, kills: 5 },
    nightly: { recipients: 100_000, kills: 100 },
    weekly: { recipients: 1_000_000, kills: 1_000 },
  },
  'retention overtakes the intake': {
    ci: { recipients: 60, kills: 1 },
    nightly: { recipients: 5_000, kills: 5 },
    weekly: { recipients: 50_000, kills: 20 },
  },
  // kills: handlers that hang, one after the other
  'a handler hangs': {
    ci: { recipients: 20, kills: 1 },
    nightly: { recipients: 500, kills: 5 },
    weekly: { recipients: 500, kills: 20 },
  },
  // kills: seconds without a database
  'PostgreSQL is off': {
    ci: { recipients: 1_000, kills: 10 },
    nightly: { recipients: 60_000, kills: 600 },
    weekly: { recipients: 60_000, kills: 600 },
  },
  'kill between acknowledgement and mark': {
    ci: { recipients: 200, kills: 3 },
    nightly: { recipients: 2_000, kills: 50 },
    weekly: { recipients: 10_000, kills: 500 },
  },
  'sixteen writers': {
    ci: { recipients: 10_000, kills: 0 },
    nightly: { recipients: 100_000, kills: 0 },
    weekly: { recipients: 1_000_000, kills: 0 },
  },
  // recipients: events of a broken or hostile source
  'mutated events': {
    ci: { recipients: 2_000, kills: 0 },
    nightly: { recipients: 100_000, kills: 0 },
    weekly: { recipients: 1_000_000, kills: 0 },
  },
} as const satisfies Record<string, Record<'ci' | 'nightly' | 'weekly', FaultSize>>;

/** The form that this run asks for. */
export const faultForm = (process.env.VARDE_FAULT_FORM ?? 'ci') as 'ci' | 'nightly' | 'weekly';

/** How large this fault test is in the form that is asked for. */
export const sizeOf = (name: keyof typeof faultSizes): FaultSize => faultSizes[name][faultForm];
