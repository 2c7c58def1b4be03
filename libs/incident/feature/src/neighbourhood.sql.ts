import { plus, toIso } from '@varde/kernel';
import { joinWindow, sameSpan, type Span } from '@varde/incident-domain';
import { alarmColumns } from './alarm.repository';
import type { Around } from './around';

/** A statement with its values. */
export interface Statement {
  readonly sql: string;
  readonly values: readonly unknown[];
}

// Numbers a statement's values as they come: what nobody asks about is not in the statement, so that PostgreSQL plans little.
class Values {
  readonly list: unknown[] = [];
  add = (value: unknown, type = 'text[]'): string => `$${this.list.push(value)}::${type}`;
}

const union = (branches: readonly (string | false)[], nothing: string): string =>
  branches.filter((branch) => branch !== false).join('\n union ') ||
  `select null::${nothing} where false`;

const later = (span: Span): string => toIso(plus(span.to, joinWindow));
const earlier = (span: Span): string => toIso(plus(span.from, -joinWindow as typeof joinWindow));

// What incidents of the trouble look for: nothing where there are none or their time has not grown; else what lies beyond it.
function beyond({ grown, settled, span }: Around, v: Values): string | false {
  if (grown.length === 0 || (settled !== null && sameSpan(settled, span))) return false;
  if (settled === null) return 'true';
  return `not (span_to >= ${v.add(earlier(settled), 'timestamptz')} and span_from <= ${v.add(later(settled), 'timestamptz')})`;
}

// The incidents whose elements look, and where they look.
type Grown = false | { readonly ids: string; readonly strip: string };

const some = (list: readonly unknown[]): boolean => list.length > 0;

const open = `('acknowledged', 'inProgress', 'held', 'pending')`;

/**
 * Incidents beside these: open ones, and those that ended only after these began. Which of them belong together is not decided
 * here. Driven from indexes on elements and names, so it costs by what is beside, not by what is open.
 */
export function incidentsBeside(around: Around): Statement {
  const v = new Values();
  const [country, mode, from, to, start] = [
    v.add(around.country, 'text'),
    v.add(around.mode, 'text'),
    v.add(earlier(around.span), 'timestamptz'),
    v.add(later(around.span), 'timestamptz'),
    v.add(toIso(around.span.from), 'timestamptz'),
  ];
  const own = some(around.grown) && v.add(around.grown, 'uuid[]');
  const strip = beyond(around, v);
  const grown = strip !== false && own;
  const sql = `
    with candidate as materialized (
      select id, phase, span_from, span_to from incident.incident where country = ${country} and mode = ${mode}
         and (phase in ${open} or merged_into is null and changed_at >= ${start})
         and span_to >= ${from} and span_from <= ${to} ${own ? `and id <> all(${own})` : ''}),
    strip as materialized (select id from candidate where phase in ${open} and ${strip || 'false'}),
    near (id) as (${union(nearIncidents(around, grown, v), 'uuid')}),
    covered (id) as (${union(coveredIncidents(around, grown, v), 'uuid')}),
    named (id) as (${union(namedIncidents(around, v), 'uuid')})
    select id, country, mode, kind, phase, origin, services, declared_at, changed_at, span_from, span_to,
           id in (select id from near) as near, id in (select id from covered) as covered, id in (select id from named) as named
      from incident.incident i
     where id in (select id from near union select id from covered union select id from named)
       and country = ${country} and mode = ${mode} ${own ? `and id <> all(${own})` : ''}
       and (phase in ${open} or merged_into is null and changed_at >= ${start})
       and (span_to >= ${from} and span_from <= ${to} or id in (select id from named))
     order by declared_at, id`;
  return { sql, values: v.list };
}

function nearIncidents(
  around: Around,
  grown: string | false,
  v: Values,
): readonly (string | false)[] {
  const { elements, parents, ancestors } = around;
  const beside = `select e.incident_id from strip c join incident.incident_element e on e.incident_id = c.id`;
  return [
    some(elements) &&
      `select incident_id from incident.incident_element where element_id = any(${v.add([...elements, ...ancestors])})`,
    some(parents) &&
      `select incident_id from incident.incident_element where parent_id = any(${v.add(parents)})`,
    some(elements) &&
      `select incident_id from incident.incident_element where ancestors && ${v.add(elements)}`,
    grown &&
      `${beside} join incident.incident_element g on g.incident_id = any(${grown}) and g.element_id = e.element_id`,
    grown &&
      `${beside} join incident.incident_element g on g.incident_id = any(${grown}) and g.parent_id = e.parent_id`,
    grown &&
      `${beside} cross join unnest(e.ancestors) as up join incident.incident_element g on g.incident_id = any(${grown}) and g.element_id = up`,
    grown &&
      `select e.incident_id from incident.incident_element g cross join unnest(g.ancestors) as up
        join incident.incident_element e on e.element_id = up join strip c on c.id = e.incident_id where g.incident_id = any(${grown})`,
  ];
}

function coveredIncidents(
  around: Around,
  grown: string | false,
  v: Values,
): readonly (string | false)[] {
  const { areaPath, areas, services } = around;
  if (!some(services) || !(some(areaPath) || some(areas) || grown)) return [];
  const same = `join incident.incident i on i.id = c.id and i.services && ${v.add(services)}`;
  return [
    some(areaPath) &&
      `select c.id from candidate c ${same} join incident.incident_area r on r.incident_id = c.id where r.code = any(${v.add(areaPath)})`,
    some(areas) &&
      `select c.id from candidate c ${same} join incident.incident_element e on e.incident_id = c.id where e.area_path && ${v.add(areas)}`,
    grown &&
      `select c.id from strip c ${same} join incident.incident_area r on r.incident_id = c.id
        where exists (select from incident.incident_element g where g.incident_id = any(${grown}) and r.code = any(g.area_path))`,
    grown &&
      `select c.id from strip c ${same} join incident.incident_element e on e.incident_id = c.id
        where exists (select from incident.incident_area r where r.incident_id = any(${grown}) and r.code = any(e.area_path))`,
  ];
}

function namedIncidents(around: Around, v: Values): readonly (string | false)[] {
  const { alarmIds, relatedAlarms, sourceIds, correlationIds, namedAlarms } = around;
  const has = 'select incident_id from incident.alarm where incident_id is not null and';
  return [
    some(relatedAlarms) &&
      `${has} source_id = any(${v.add(sourceIds)}) and alarm_id = any(${v.add(relatedAlarms)})`,
    some(alarmIds) &&
      `${has} related_alarms && ${v.add(alarmIds)} and source_id = any(${v.add(sourceIds)})`,
    some(correlationIds) && `${has} correlation_ids && ${v.add(correlationIds)}`,
    some(namedAlarms) && `${has} alarm_id = any(${v.add(namedAlarms)})`,
    some(alarmIds) &&
      `select incident_id from incident.incident_named_alarm where alarm_id = any(${v.add(alarmIds)})`,
  ];
}

/** Alarms beside these that belong to no incident. The same in the other direction. */
export function alarmsBeside(around: Around): Statement {
  const v = new Values();
  const waits = `incident_id is null and span_to is not null and country = ${v.add(around.country, 'text')} and mode = ${v.add(around.mode, 'text')}
    and waits is distinct from 'no-exercise' and waits is distinct from 'is-test'`;
  const inTime = `span_to >= ${v.add(earlier(around.span), 'timestamptz')} and span_from <= ${v.add(later(around.span), 'timestamptz')}`;
  const strip = beyond(around, v);
  const grown = strip !== false && { ids: v.add(around.grown, 'uuid[]'), strip };
  const sql = `
    with near (n) as (${union(nearAlarms(around, grown, `${waits} and ${inTime}`, v), 'bigint')}),
    covered (n) as (${union(coveredAlarms(around, grown, `${waits} and ${inTime}`, v), 'bigint')}),
    named (n) as (${union(namedAlarms(around, v), 'bigint')})
    select ${alarmColumns}, n in (select n from near) as near, n in (select n from covered) as covered, n in (select n from named) as named
      from incident.alarm a
     where n in (select n from near union select n from covered union select n from named) and ${waits}
       and (${inTime} or n in (select n from named))`;
  return { sql, values: v.list };
}

function nearAlarms(
  around: Around,
  grown: Grown,
  waitsInTime: string,
  v: Values,
): readonly (string | false)[] {
  const { elements, parents, ancestors } = around;
  const has = `select n from incident.alarm where ${waitsInTime} and`;
  const covers =
    grown && `select from incident.incident_element e where e.incident_id = any(${grown.ids}) and`;
  return [
    some(elements) && `${has} element_id = any(${v.add([...elements, ...ancestors])})`,
    some(parents) && `${has} parent_id = any(${v.add(parents)})`,
    some(elements) && `${has} ancestors && ${v.add(elements)}`,
    grown &&
      covers &&
      `select n from incident.alarm a where ${waitsInTime} and ${grown.strip} and (
        exists (${covers} e.element_id = a.element_id) or exists (${covers} e.element_id = any(a.ancestors))
        or exists (${covers} e.parent_id = a.parent_id) or exists (${covers} e.ancestors @> array[a.element_id]))`,
  ];
}

function coveredAlarms(
  around: Around,
  grown: Grown,
  waitsInTime: string,
  v: Values,
): readonly (string | false)[] {
  const { areas, services } = around;
  if (!some(services) || !(some(areas) || grown)) return [];
  const has = `select n from incident.alarm a where ${waitsInTime} and services && ${v.add(services)} and`;
  return [
    some(areas) && `${has} area_path && ${v.add(areas)}`,
    grown &&
      `${has} ${grown.strip} and exists (select from incident.incident_area r where r.incident_id = any(${grown.ids}) and r.code = any(a.area_path))`,
  ];
}

function namedAlarms(around: Around, v: Values): readonly (string | false)[] {
  const { alarmIds, relatedAlarms, sourceIds, correlationIds, namedAlarms: named } = around;
  const has = 'select n from incident.alarm where incident_id is null and';
  return [
    some(relatedAlarms) &&
      `${has} source_id = any(${v.add(sourceIds)}) and alarm_id = any(${v.add(relatedAlarms)})`,
    some(alarmIds) &&
      `${has} related_alarms && ${v.add(alarmIds)} and source_id = any(${v.add(sourceIds)})`,
    some(correlationIds) && `${has} correlation_ids && ${v.add(correlationIds)}`,
    some(named) && `${has} alarm_id = any(${v.add(named)})`,
  ];
}
