import { sql } from 'kysely';
import type { Fragment } from './fragment.ts';
import { zonesOf, type Surroundings } from './surroundings.ts';

/**
 * What depends on the zone alone, reckoned here once for each zone there is: SQL then needs no calendar of its own, and
 * both sides agree on when days begin.
 * @param zone a column with a store's zone; null, in the column or instead of it: the company's
 */
export function byZone(
  zone: Fragment | null,
  surroundings: Surroundings,
  valueIn: (zone: string) => Fragment,
): Fragment {
  const own = valueIn(surroundings.zone);
  const others = zonesOf(surroundings).filter((name) => name !== surroundings.zone);
  if (zone === null || others.length === 0) return own;
  const cases = others.map((name) => sql`when ${name} then ${valueIn(name)}`);
  return sql`(case ${zone} ${sql.join(cases, sql` `)} else ${own} end)`;
}
