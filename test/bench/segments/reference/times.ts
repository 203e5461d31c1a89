import type { Moments, Range } from '@clientele/shared/segments';

const DAY = 86_400_000;
const UNITS = ['DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR'] as const;

export function instant(at: Date): string {
  return `timestamptz '${at.toISOString()}'`;
}

export function ago(now: Date, days: number): string {
  return instant(new Date(now.getTime() - days * DAY));
}

/** Whether a column lies in the moments. Calendar bounds stand in columns of the store (`calendarColumns`). */
export function inMoments(at: string, moments: Moments, now: Date): string {
  switch (moments.kind) {
    case 'ALWAYS':
      return 'true';
    case 'ROLLING': {
      const { days, endedDays = 0 } = moments;
      const until = `${at} <= ${ago(now, endedDays)}`;
      return days === undefined ? until : `${at} > ${ago(now, days)} and ${until}`;
    }
    case 'ABSOLUTE':
      return [
        ...(moments.from === undefined ? [] : [`${at} >= ${instant(new Date(moments.from))}`]),
        ...(moments.to === undefined ? [] : [`${at} < ${instant(new Date(moments.to))}`]),
      ].join(' and ');
    case 'CALENDAR': {
      const unit = moments.unit.toLowerCase();
      const back = moments.back ?? 0;
      return `${at} >= ${unit}_${back} and ${at} < ${unit}_${back - 1}`.replaceAll('_-1', '_next');
    }
  }
}

/** Beginnings of days, weeks … in the zone of each store. */
export function calendarColumns(zone: string, now: Date): string {
  return UNITS.flatMap((unit) => {
    const word = unit.toLowerCase();
    const step = unit === 'QUARTER' ? '3 months' : `1 ${word}`;
    const start = `date_trunc('${word}', ${instant(now)} at time zone ${zone})`;
    const at = (shift: string): string => `(${start} ${shift}) at time zone ${zone}`;
    return [
      `${at('')} as ${word}_0`,
      `${at(`- interval '${step}'`)} as ${word}_1`,
      `${at(`+ interval '${step}'`)} as ${word}_next`,
    ];
  }).join(', ');
}

export function inRange(value: string, { least, most }: Range): string {
  return [
    ...(least === undefined ? [] : [`${value} >= ${least}`]),
    ...(most === undefined ? [] : [`${value} <= ${most}`]),
  ].join(' and ');
}
