export { kafkaAnswers, redisAnswers } from './answering';
export { readChildren, type ChildRecord, type Exit } from './children';
export { findProjectFolder } from './data-folder';
export { startDetached, stopRunning, type DetachedOptions } from './detached';
export { readExistingServers, type ExistingServers } from './existing-servers';
export { kafkaVersion } from './kafka-jars';
export {
  readLock,
  releaseLock,
  takeLock,
  type Addresses,
  type Lock,
  type LockOutcome,
  type LockState,
} from './lock';
export { choosePort, freePort, type PortChoice } from './port';
export { isAlive, markOf, ownMark, signalTo, type ProcessMark } from './process-mark';
export { type Program, type ProgramPlan, type Readiness } from './program';
export { silent, type Report } from './report';
export { ensureServerSoftware, type ServerSoftware } from './server-software';
export { type RunningServer, type ServerName } from './server';
export { shutdownOnSignals, untilStopped, type Shutdown } from './shutdown';
export { StackRunsAlready, startStack, type Stack, type StackOptions } from './stack';
export { readRunning, stackFolder } from './stack-folder';
export { waitFor, type Patience } from './wait';
