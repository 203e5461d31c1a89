import type { LeafArgs } from '@clientele/shared/segments';
import { sql } from 'kysely';
import { isId } from '../../platform/ids.ts';
import {
  allOf,
  earliest,
  feature,
  isTrue,
  withinMoments,
  withinMomentsSql,
  type Fragment,
  type LeafKind,
  type Surroundings,
} from '../../segments/index.ts';
import { OWN_CODES, type OwnCode } from './own-codes-source.ts';

type State = LeafArgs['PROMO_CODE']['state'];

/** OPEN: works now. EXPIRED: its time is over, and it was not used. */
export const promoCode: LeafKind<'PROMO_CODE'> = {
  code: 'PROMO_CODE',
  question: ({ pools, state, moments = { kind: 'ALWAYS' } }, surroundings) => {
    const ids = pools?.map((id) => id.toLowerCase());
    const { within, changesAt } = withinMomentsSql(moments, sql`r.at`, null, surroundings);
    const inPools = ids === undefined ? [] : [sql`r.pool_id::text = any(${ids}::text[])`];
    const isMeant = allOf([...inPools, stateSql(state, surroundings), within]);
    const moment = state === 'USED' ? null : turnSql(surroundings);
    return isTrue(
      feature(OWN_CODES, {
        about: { pools: ids, state, moments },
        sql: {
          value: sql`coalesce(bool_or(${isMeant}), false)`,
          changesAt: sql`min(least(${changesAt ?? sql`null::timestamptz`}, ${moment ?? sql`null::timestamptz`}))
            filter (where ${allOf([...inPools, state === 'USED' ? sql`r.used` : sql`not r.used`])})`,
          none: sql`false`,
          counts: isMeant,
        },
        ofRows: (rows) => {
          const found = rows
            .filter((row) => ids?.includes(row.poolId) !== false && row.used === (state === 'USED'))
            .map((row) => decided(row, state, surroundings, moments));
          return {
            value: found.some(({ holds }) => holds),
            changesAt: earliest(found.map((one) => one.changesAt)),
          };
        },
      }),
    );
  },
  missing: async (ctx, { pools = [] }) => {
    const ids = pools.map((id) => id.toLowerCase()).filter((id) => isId(id));
    const known =
      ids.length === 0
        ? []
        : await ctx.sql.selectFrom('promo_code_pool').select('id').where('id', 'in', ids).execute();
    const there = new Set(known.map(({ id }) => id));
    return pools.filter((id) => !there.has(id.toLowerCase())).map((value) => ({ kind: 'POOL', value }));
  },
};

function stateSql(state: State, { now }: Surroundings): Fragment {
  switch (state) {
    case 'USED':
      return sql`r.used`;
    case 'EXPIRED':
      return sql`(not r.used and coalesce(r.valid_to <= ${now}::timestamptz, false))`;
    case 'OPEN':
      return sql`(not r.used and coalesce(r.valid_to > ${now}::timestamptz, true)
        and coalesce(r.valid_from <= ${now}::timestamptz, true))`;
  }
}

/** When a code begins to work, or ends. */
function turnSql({ now }: Surroundings): Fragment {
  return sql`least(case when r.valid_from > ${now}::timestamptz then r.valid_from end,
    case when r.valid_to > ${now}::timestamptz then r.valid_to end)`;
}

function decided(
  { at, validFrom, validTo }: OwnCode,
  state: State,
  surroundings: Surroundings,
  moments: NonNullable<LeafArgs['PROMO_CODE']['moments']>,
): { holds: boolean; changesAt: Date | null } {
  const { now, zone } = surroundings;
  const ended = validTo !== null && validTo <= now;
  const begun = validFrom === null || validFrom <= now;
  const inState = state === 'USED' || (state === 'EXPIRED' ? ended : begun && !ended);
  const window = windowOf(at, moments, zone, surroundings);
  const turns = [validFrom, validTo].map((turn) => (turn !== null && turn > now ? turn : null));
  return {
    holds: inState && window.within,
    changesAt: earliest([window.changesAt, ...(state === 'USED' ? [] : turns)]),
  };
}

/** A code of which nobody knows when it was given lies in no moments but always. */
function windowOf(
  at: Date | null,
  moments: NonNullable<LeafArgs['PROMO_CODE']['moments']>,
  zone: string,
  surroundings: Surroundings,
) {
  if (at !== null) return withinMoments(moments, at, zone, surroundings);
  return { within: moments.kind === 'ALWAYS', changesAt: null };
}
