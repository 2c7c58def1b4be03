export {
  assertKeepsEverything,
  JobQueues,
  redisOptions,
  startWorker,
  type NewJob,
  type WorkerOptions,
} from './job-queues';
export type { Job, Worker } from 'bullmq';
