import { readCalendar } from '@varde/audience-domain';
import type { ImportPlan, Stage } from './import-plan';
import { ListSource } from './row-source';

/** `calendars.json` → `audience.calendar`. Each change is a new version. */
export const calendarsPlan = (file: string): ImportPlan => ({
  what: 'calendars',
  source: new ListSource(file),
  fields: [
    ['country', 'text'],
    ['time_zone', 'text'],
    ['definition', 'jsonb'],
  ],
  stage(raw) {
    const { row, problems } = readCalendar(raw.value);
    if (!row) return { id: idOf(raw.value), problems };
    const values = [row.country, row.timeZone, JSON.stringify(row.definition)];
    const warning = `calendar ${row.id} is open around the clock and yet closes on the holidays of a country: write "holidays": null for 24/7.`;
    return { id: row.id, problems, values, ...(row.closesOnHolidays ? { warning } : {}) };
  },
  check: async () => undefined,
  write: writeCalendars,
  ending: {
    from: 'audience.calendar t',
    idColumn: 'calendar_id',
    isStanding: 't.ended_on is null',
    update: `update audience.calendar t set ended_on = audience.day_in(t.country) from import_ended x where t.calendar_id = x.id`,
  },
});

function writeCalendars(stage: Stage): Promise<number> {
  return stage.run(`
    insert into audience.calendar (calendar_id, country, time_zone, definition)
    select s.id, s.country, s.time_zone, s.definition from :stage s left join audience.calendar t on t.calendar_id = s.id
     where not s.rejected and (t.calendar_id is null or t.ended_on is not null
       or (t.country, t.time_zone, t.definition) is distinct from (s.country, s.time_zone, s.definition))
    on conflict (calendar_id) do update
      set (country, time_zone, definition, ended_on) = (excluded.country, excluded.time_zone, excluded.definition, null),
          version = calendar.version + 1`);
}

const idOf = (value: unknown): string => {
  const id = (value as { id?: unknown } | null)?.id;
  return typeof id === 'string' ? id : '';
};
