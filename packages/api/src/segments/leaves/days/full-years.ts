import { sql } from 'kysely';
import { rowColumn, type Fragment, type RowColumn } from '../../language/index.ts';

/** The same day `years` later; who begins on 29 February has 28 February in other years. @param day YYYY-MM-DD */
export function yearsAfter(day: string, years: number): string {
  const year = Number(day.slice(0, 4)) + years;
  const leap = new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1;
  const rest = day.slice(5) === '02-29' && !leap ? '02-28' : day.slice(5);
  return `${String(year).padStart(4, '0')}-${rest}`;
}

/** How many such anniversaries there were until today, today's too; below zero before the first day. */
export function fullYears(since: string, today: string): number {
  const years = Number(today.slice(0, 4)) - Number(since.slice(0, 4));
  return yearsAfter(since, years) <= today ? years : years - 1;
}

export function yearsAfterSql(day: Fragment, years: Fragment): Fragment {
  return sql`(${day} + make_interval(years => ${years}))::date`;
}

/** Of a row `r` with the column `today`, worked out once for all that is asked of these years. @param about the day */
export function fullYearsColumn(about: string, since: Fragment): { column: RowColumn; value: Fragment } {
  const years = sql`(date_part('year', r.today) - date_part('year', ${since}))::int`;
  const full = sql`(${years} - (${yearsAfterSql(since, years)} > r.today)::int)`;
  const column = rowColumn({ fullYears: about }, full);
  return { column, value: sql.raw(`r.${column.name}`) };
}
