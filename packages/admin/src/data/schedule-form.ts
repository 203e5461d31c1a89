import type { Schedule } from './operations/schedules.ts';

/** How often: by an interval, or by a cron line for those who know them. */
export type Often = 'INTERVAL' | 'CRON';

export interface ScheduleValues extends Record<string, unknown> {
  name: string;
  source: string;
  kind: Schedule['kind'];
  place: Schedule['place'];
  location: string;
  pattern: string;
  presetId: string | null;
  often: Often;
  everyMinutes: number;
  cron: string;
  hasWindow: boolean;
  windowFrom: string;
  windowTo: string;
  timeZone: string;
  enabled: boolean;
}

export function newSchedule(timeZone: string): ScheduleValues {
  return {
    name: '',
    source: '',
    kind: 'PROFILES',
    place: 'FOLDER',
    location: '',
    pattern: '*.csv',
    presetId: null,
    often: 'INTERVAL',
    everyMinutes: 60,
    cron: '',
    hasWindow: false,
    windowFrom: '22:00',
    windowTo: '06:00',
    timeZone,
    enabled: true,
  };
}

export function valuesOf(schedule: Schedule): ScheduleValues {
  const { name, source, kind, place, location, pattern, presetId, timeZone, enabled } = schedule;
  return {
    ...newSchedule(timeZone),
    name,
    source,
    kind,
    place,
    location,
    pattern,
    presetId,
    enabled,
    often: schedule.cron === null ? 'INTERVAL' : 'CRON',
    everyMinutes: schedule.everyMinutes ?? 60,
    cron: schedule.cron ?? '',
    hasWindow: schedule.windowFrom !== null,
    windowFrom: schedule.windowFrom ?? '22:00',
    windowTo: schedule.windowTo ?? '06:00',
  };
}

/** What the API takes: of the two ways one, and of a window nothing where there is none. */
export function inputOf(values: ScheduleValues, of: { id: string | null; version: number | null }) {
  const { name, source, kind, place, location, presetId, timeZone, enabled, often, hasWindow } = values;
  return {
    ...of,
    name,
    source,
    kind,
    place,
    location,
    presetId,
    timeZone,
    enabled,
    pattern: place === 'FOLDER' && values.pattern.trim() !== '' ? values.pattern : null,
    everyMinutes: often === 'INTERVAL' ? Number(values.everyMinutes) : null,
    cron: often === 'CRON' ? values.cron : null,
    windowFrom: hasWindow ? values.windowFrom : null,
    windowTo: hasWindow ? values.windowTo : null,
  };
}
