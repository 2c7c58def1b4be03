import { z } from 'zod';

/** Where PostgreSQL is, for a program that signs in under its own role. */
export const databaseEnv = {
  VARDE_DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .describe(
      "address of the database, with the program's own role; secret where it holds a password",
    ),
};

/** Where Kafka is. */
export const kafkaEnv = {
  VARDE_KAFKA_BROKERS: z
    .string()
    .min(1)
    .transform((text) => text.split(',').map((part) => part.trim()))
    .describe('brokers as host:port, separated by commas'),
};

/** How a program reads from Kafka. */
export const kafkaConsumerEnv = {
  VARDE_KAFKA_SESSION_TIMEOUT_SECONDS: z.coerce
    .number()
    .int()
    .min(3)
    .max(300)
    .default(10)
    .describe(
      'seconds after which a silent consumer loses its partitions, and so the pause after a crash: at least three times the p99 of a batch, and within what the broker allows (6 at least, unless its group.min.session.timeout.ms says less); default 10',
    ),
};

/** Where Redis is. */
export const redisEnv = {
  VARDE_REDIS_URL: z
    .url({ protocol: /^rediss?$/ })
    .describe('address of Redis; secret where it holds a password'),
};

/** The prefix that keeps two installations on one Redis and one broker apart. */
export const prefixEnv = {
  VARDE_PREFIX: z
    .string()
    .regex(/^[a-z0-9-]{0,30}$/)
    .default('')
    .describe(
      'put before topic, group and queue names, so that installations on one broker stay apart; default none',
    ),
};
