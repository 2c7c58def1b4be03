export { databaseEnv, kafkaConsumerEnv, kafkaEnv, prefixEnv, redisEnv } from './fragments';
export { ConfigurationError, isSecret, readConfig } from './read-config';
