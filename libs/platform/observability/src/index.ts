export {
  correlationId,
  correlationOf,
  newCorrelationId,
  traceparentOf,
  withCorrelation,
} from './correlation';
export { Health, type HealthCheck, type HealthReport } from './health';
export { endOnUnhandled, unhandledExitCode, type EndableProcess } from './last-handler';
export {
  logger,
  logLevels,
  type Log,
  type LogEvent,
  type LogFields,
  type LoggerOptions,
  type LogLevel,
} from './logger';
export { maskMail, maskPhone, maskText } from './mask-text';
export { maskValue } from './mask-value';
export { MetricsRegistry, type MetricPlan, type Metrics } from './metrics';
export { NestLogger } from './nest-logger';
