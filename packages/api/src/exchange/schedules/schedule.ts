import type { Selectable } from 'kysely';
import type { Tables } from '../../platform/database/tables.ts';

export type ScheduleKind = 'ORDERS' | 'PROFILES' | 'PRODUCTS' | 'EVENTS';
export type SchedulePlace = 'FOLDER' | 'URL';

export type ScheduleRow = Selectable<Tables['exchange_schedule']>;

/** Where the files of a folder may stand, and which private networks may be asked. */
export interface PullSettings {
  /** Absolute; null: folders are not looked into. */
  importDir: string | null;
  /** Networks of one's own, like 10.1.0.0/16. */
  allowedNetworks: readonly string[];
}

/** Why a look brought nothing: shown beside the schedule. */
export class PullFailed extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export function timesOf(row: ScheduleRow) {
  return {
    everyMinutes: row.every_minutes,
    cron: row.cron,
    windowFrom: row.window_from,
    windowTo: row.window_to,
    timeZone: row.time_zone,
    failures: row.failures,
  };
}
