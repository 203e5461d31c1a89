import { sql } from 'kysely';
import { inScope, type Feature, type Fragment, type Source } from '../../language/index.ts';

export interface EventFacts {
  kind: string;
  occurredAt: Date;
  properties: Record<string, unknown>;
}

/** Which events a feature looks at: earlier and later ones cannot matter to it. */
export interface EventWant {
  readonly kind: string;
  readonly from: Date | null;
  readonly before: Date | null;
}

/** One row an event of a wanted kind and time: whole quarters that nothing looks at are not read. */
export const EVENTS: Source<EventFacts> = {
  code: 'events',
  tables: ['event'],
  single: false,
  rows: (scope, features) => sql`select profile_id, kind, occurred_at, properties from event
    where ${inScope(scope, sql`profile_id`)} and (${wantedSql(features)})`,
  read: async (ctx, profileId, features) => {
    const { rows } = await sql<EventFacts>`
      select kind, occurred_at as "occurredAt", properties from event
      where profile_id = ${profileId} and (${wantedSql(features)})`.execute(ctx.sql);
    return rows;
  },
};

function wantedSql(features: readonly Feature[]): Fragment {
  // Only features of this source are asked, and they want nothing else.
  const wants = features.flatMap((feature) => feature.wants as readonly EventWant[]);
  const kinds = Map.groupBy(wants, ({ kind }) => kind);
  const parts = [...kinds].map(([kind, wanted]) => {
    const from = outermost(
      wanted.map((want) => want.from),
      Math.min,
    );
    const before = outermost(
      wanted.map((want) => want.before),
      Math.max,
    );
    return sql.join(
      [
        sql`kind = ${kind}`,
        ...(from === null ? [] : [sql`occurred_at >= ${from}::timestamptz`]),
        ...(before === null ? [] : [sql`occurred_at < ${before}::timestamptz`]),
      ],
      sql` and `,
    );
  });
  return parts.length === 0 ? sql`false` : sql.join(parts, sql` or `);
}

/** Null, if one of them has no bound. */
function outermost(bounds: readonly (Date | null)[], choose: (...times: number[]) => number): Date | null {
  const times = bounds.flatMap((bound) => (bound === null ? [] : [bound.getTime()]));
  return times.length < bounds.length || times.length === 0 ? null : new Date(choose(...times));
}
