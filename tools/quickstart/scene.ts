import type { Network } from '../system/network';
import type { Person } from '../system/person';
import type { SandboxClient } from '../system/sandbox-client';
import type { System } from '../system/system';
import type { Teller } from './teller';

/** What the story is told with. */
export interface Scene {
  readonly system: System;
  readonly tell: Teller;
  readonly network: Network;
  readonly sandbox: SandboxClient;
  readonly author: Person;
  readonly approver: Person;
  readonly noc: Person;
}

/** What the story's site gives its customers. */
export const services = ['mobile-voice', 'mobile-data'];

/** A minute, in milliseconds. */
export const minute = 60_000;

/** The next quarter of an hour, so long from now: what a person would promise. */
export const quarterIn = (minutes: number): string =>
  new Date(Math.ceil((Date.now() + minutes * minute) / (15 * minute)) * 15 * minute).toISOString();
