export { databaseEnv, kafkaEnv, prefixEnv, redisEnv } from './fragments';
export { ConfigurationError, isSecret, readConfig } from './read-config';
