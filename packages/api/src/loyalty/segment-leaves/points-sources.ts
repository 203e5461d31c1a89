import { sql } from 'kysely';
import { inScope, type Source } from '../../segments/index.ts';

/** Points granted at once of which something is left; those of purchases under way stand apart and are nobody's. */
export interface LotFacts {
  programId: string;
  pending: number;
  active: number;
  activateAt: Date;
  /** null: never. */
  expireAt: Date | null;
}

export const LOTS: Source<LotFacts> = {
  code: 'lots',
  tables: ['lot'],
  single: false,
  rows: (scope) => sql`select profile_id, program_id, pending, active, activate_at, expire_at from lot
    where ${inScope(scope, sql`profile_id`)} and remaining > 0`,
  read: (ctx, profileId) =>
    ctx.sql
      .selectFrom('lot')
      .select(['program_id as programId', 'pending', 'active'])
      .select(['activate_at as activateAt', 'expire_at as expireAt'])
      .where('profile_id', '=', profileId)
      .where('remaining', '>', 0)
      .execute(),
};

export interface AccountFactsOfSegments {
  programId: string;
  /** ≥ 0 */
  owed: number;
  tier: string | null;
}

export const ACCOUNTS: Source<AccountFactsOfSegments> = {
  code: 'accounts',
  tables: ['loyalty_account'],
  single: false,
  rows: (scope) => sql`select profile_id, program_id, -debt as owed, tier_code as tier from loyalty_account
    where ${inScope(scope, sql`profile_id`)} and merged_into is null`,
  read: async (ctx, profileId) => {
    const { rows } = await sql<AccountFactsOfSegments>`
      select program_id as "programId", -debt as owed, tier_code as tier from loyalty_account
      where profile_id = ${profileId} and merged_into is null`.execute(ctx.sql);
    return rows;
  },
};
