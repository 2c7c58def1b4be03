export { InstallationClock, systemClock } from './database-clock';
export { every, type Repeated } from './every';
