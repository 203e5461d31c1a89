import { sql } from 'kysely';
import { inScope, type Scope, type Source } from '../../segments/index.ts';

/** A code somebody was given, or one they used, a word for everybody too. */
export interface OwnCode {
  poolId: string;
  /** Whether it was theirs, or only used by them. */
  given: boolean;
  used: boolean;
  /** When it was given, or used. */
  at: Date | null;
  /** From and until when it works; null: always. */
  validFrom: Date | null;
  validTo: Date | null;
}

/**
 * Codes that were taken back, or whose series was put away, are none. Codes stay with the profile they were given to, so
 * those of whoever was merged into this one are read too.
 */
export const OWN_CODES: Source<OwnCode> = {
  code: 'codes',
  tables: ['promo_code', 'promo_code_use', 'profile'],
  single: false,
  rows: (scope) => codes(scope),
  read: async (ctx, profileId) => {
    const { rows } = await sql<OwnCode>`
      select pool_id as "poolId", given, used, at, valid_from as "validFrom", valid_to as "validTo"
      from (${codes({ profiles: [profileId] })}) code`.execute(ctx.sql);
    return rows;
  },
};

function codes(scope: Scope) {
  const family = sql`(select id as given_to, id as profile_id from profile where ${inScope(scope, sql`id`)}
    union all select id, merged_into from profile where ${inScope(scope, sql`merged_into`)})`;
  return sql`select family.profile_id, code.pool_id, true as given, code.state = 'USED' as used,
      case when code.state = 'USED' then code.used_at else code.issued_at end as at,
      coalesce(code.valid_from, pool.valid_from) as valid_from, coalesce(code.expires_at, pool.valid_to) as valid_to
      from promo_code code join ${family} family on family.given_to = code.profile_id
      join promo_code_pool pool on pool.id = code.pool_id
      where code.profile_id is not null
        and (code.state = 'USED' or (code.state <> 'CANCELLED' and pool.archived_at is null))
    union all
    select family.profile_id, code.pool_id, false, true, used.used_at, null, null
      from promo_code_use used join ${family} family on family.given_to = used.profile_id
      join promo_code code on code.id = used.code_id
      where used.profile_id is not null and used.state = 'USED'`;
}
