import { sql } from 'kysely';
import { feature, isTrue, type LeafKind } from '../../segments/index.ts';
import { ACCOUNTS } from './points-sources.ts';

/** In any program. */
export const tier: LeafKind<'TIER'> = {
  code: 'TIER',
  question: ({ tiers }) =>
    isTrue(
      feature(ACCOUNTS, {
        about: { tiers: tiers.toSorted() },
        sql: {
          value: sql`coalesce(bool_or(r.tier = any(${[...tiers]}::text[])), false)`,
          changesAt: null,
          none: sql`false`,
          counts: sql`r.tier = any(${[...tiers]}::text[])`,
        },
        ofRows: (rows) => {
          const reached = rows.flatMap((row) => (row.tier === null ? [] : [row.tier])).toSorted();
          return {
            value: reached.some((code) => tiers.includes(code)),
            changesAt: null,
            shown: reached.length > 0 ? reached.join(', ') : null,
          };
        },
      }),
    ),
  missing: async (ctx, { tiers }) => {
    const { rows } = await sql<{ code: string }>`
      select distinct level ->> 'code' as code
      from program_version version, jsonb_array_elements(version.settings #> '{tiers,levels}') as level
      where not exists (select from program_withdrawal gone where gone.version_id = version.id)`.execute(
      ctx.sql,
    );
    const known = new Set(rows.map(({ code }) => code));
    return tiers.filter((code) => !known.has(code)).map((value) => ({ kind: 'TIER', value }));
  },
};
