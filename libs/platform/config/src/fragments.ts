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
