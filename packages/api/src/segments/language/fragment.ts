import { sql, type RawBuilder } from 'kysely';

/** A piece of SQL with its bound values. */
export type Fragment = RawBuilder<unknown>;

export const TRUE: Fragment = sql`true`;
export const FALSE: Fragment = sql`false`;
export const NULL: Fragment = sql`null`;

export function allOf(parts: readonly Fragment[]): Fragment {
  return parts.length === 0 ? TRUE : sql`(${sql.join(parts, sql` and `)})`;
}

export function anyOf(parts: readonly Fragment[]): Fragment {
  return parts.length === 0 ? FALSE : sql`(${sql.join(parts, sql` or `)})`;
}

/** A column of our own making: a letter and a number, never anybody's text. */
export function column(letter: string, index: number): Fragment {
  return sql.raw(`${letter}${index}`);
}
