import { sql } from 'kysely';
import { feature, inScope, isTrue, type LeafKind, type Source } from '../language/index.ts';

interface IdentityFacts {
  kind: string;
  verified: boolean;
}

const IDENTITIES: Source<IdentityFacts> = {
  code: 'identities',
  tables: ['identity'],
  single: false,
  rows: (scope) => sql`select profile_id, kind, verified_at is not null as verified from identity
    where ${inScope(scope, sql`profile_id`)}`,
  read: (ctx, profileId) =>
    ctx.sql
      .selectFrom('identity')
      .select(['kind', sql<boolean>`verified_at is not null`.as('verified')])
      .where('profile_id', '=', profileId)
      .execute(),
};

/** Has one of that kind; one that was proved to be theirs, or one that was not, where that is asked. */
export const identity: LeafKind<'IDENTITY'> = {
  code: 'IDENTITY',
  question: ({ kind, verified }) => {
    const isMeant =
      verified === undefined
        ? sql`r.kind = ${kind}`
        : sql`(r.kind = ${kind} and r.verified = ${verified}::boolean)`;
    return isTrue(
      feature(IDENTITIES, {
        about: { kind, verified },
        sql: { value: sql`bool_or(${isMeant})`, changesAt: null, none: sql`false`, counts: isMeant },
        ofRows: (rows) => ({
          value: rows.some(
            (row) => row.kind === kind && (verified === undefined || row.verified === verified),
          ),
          changesAt: null,
        }),
      }),
    );
  },
};
