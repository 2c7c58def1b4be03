export { migrations } from './history';
export { migrate, type MigrateOptions } from './migrate';
export { contextRoles, programRoles, rolesSql, type ContextRole, type ProgramRole } from './roles';
export { dropMovableClock, movableClockSql } from './movable-clock';
