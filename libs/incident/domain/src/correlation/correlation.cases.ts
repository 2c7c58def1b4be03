import { instant } from '@varde/kernel';
import type { JoinTarget } from './join';
import type { Nearness, Place } from './place';

/** Minutes as an instant: only distances matter here. */
export const t = (minute: number) => instant(minute * 60_000);

const place = (elementId: string, ...ancestors: string[]): Place => ({
  elementId,
  parentId: ancestors[0] ?? null,
  ancestors,
});
const core = place('core');
const west = place('west', 'core');
const site1 = place('site1', 'west', 'core');
const site2 = place('site2', 'west', 'core');
const site3 = place('site3', 'east', 'core');
const cell11 = place('cell11', 'site1', 'west', 'core');

/** How one element lies to another. @source invariants §2.4 */
export const nearnessCases: readonly { says: string; a: Place; b: Place; near: Nearness | null }[] =
  [
    { says: 'an element is the same as itself', a: site1, b: site1, near: 'same' },
    { says: 'a site is above its cell', a: site1, b: cell11, near: 'above' },
    { says: 'a core is above every cell', a: core, b: cell11, near: 'above' },
    { says: 'a cell is below its region', a: cell11, b: west, near: 'below' },
    {
      says: 'two sites of one region are under the same parent',
      a: site1,
      b: site2,
      near: 'same-parent',
    },
    {
      says: 'two sites of different regions have nothing in common but the core',
      a: site1,
      b: site3,
      near: null,
    },
    { says: 'a cell and the neighbour of its site are not near', a: cell11, b: site2, near: null },
    {
      says: 'two cores hang on nothing and are no siblings',
      a: core,
      b: place('core2'),
      near: null,
    },
  ];

const target: JoinTarget = {
  country: 'NO',
  mode: 'ACTUAL',
  kind: 'outage',
  phase: 'inProgress',
  span: { from: t(0), to: t(20) },
  near: true,
  covered: false,
  named: false,
};

/** An alarm at minute `at`, and an incident whose alarms came from minute 0 to 20. @source invariants §2.4, "an alarm joins an open incident" */
export const joinCases: readonly {
  says: string;
  at: number;
  target: JoinTarget;
  joins: boolean;
}[] = [
  {
    says: 'near in the network and 15 minutes after the last alarm joins',
    at: 35,
    target,
    joins: true,
  },
  { says: 'a minute more does not', at: 36, target, joins: false },
  { says: '15 minutes before the first joins: it only came late', at: -15, target, joins: true },
  {
    says: 'not near and not covered does not',
    at: 10,
    target: { ...target, near: false },
    joins: false,
  },
  {
    says: 'covered by the areas and services of a report joins',
    at: 10,
    target: { ...target, near: false, covered: true },
    joins: true,
  },
  {
    says: 'a name joins always, however late and far',
    at: 600,
    target: { ...target, near: false, named: true },
    joins: true,
  },
  {
    says: 'another country never',
    at: 10,
    target: { ...target, country: 'SE', named: true },
    joins: false,
  },
  {
    says: 'an exercise never joins what is real',
    at: 10,
    target: { ...target, mode: 'EXERCISE', named: true },
    joins: false,
  },
  {
    says: 'what is resolved takes no more',
    at: 10,
    target: { ...target, phase: 'resolved' },
    joins: false,
  },
  { says: 'what is held still does', at: 10, target: { ...target, phase: 'held' }, joins: true },
  {
    says: 'planned works take nothing that does not name them',
    at: 10,
    target: { ...target, kind: 'planned' },
    joins: false,
  },
  {
    says: 'planned works take what names them',
    at: 10,
    target: { ...target, kind: 'planned', named: true },
    joins: true,
  },
];
