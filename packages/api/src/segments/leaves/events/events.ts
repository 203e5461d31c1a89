import type { LeafArgs } from '@clientele/shared/segments';
import { sql } from 'kysely';
import {
  earliest,
  feature,
  numberWithin,
  withinMoments,
  withinMomentsSql,
  type Feature,
  type LeafKind,
  type Surroundings,
} from '../../language/index.ts';
import { missingEvent } from './missing-event.ts';
import { MEASURES_OF_EVENTS } from './event-measures.ts';
import { EVENTS } from './events-source.ts';
import { isMeant, meantSql, wantOf } from './meant-events.ts';

type Args = LeafArgs['EVENTS'];

/** How many such events, or what of a property of theirs. What happens on a site has the company's calendar. */
export const events: LeafKind<'EVENTS'> = {
  code: 'EVENTS',
  question: (args, surroundings) => numberWithin(measured(args, surroundings), args.range),
  missing: (ctx, { event }) => missingEvent(ctx, event),
};

function measured(
  { event, measure, property = '', where = [], moments }: Args,
  surroundings: Surroundings,
): Feature {
  const { zone } = surroundings;
  const counting = MEASURES_OF_EVENTS[measure];
  const meant = meantSql(event, where);
  const { within, changesAt } = withinMomentsSql(moments, sql`r.occurred_at`, null, surroundings);
  const passes = isMeant(event, where);
  const counted = sql`(${meant} and ${within})`;
  return feature(EVENTS, {
    about: { event, measure, property, where, moments },
    wants: [wantOf(event, moments, surroundings)],
    sql: {
      value: counting.sql(counted, property, zone),
      changesAt: changesAt === null ? null : sql`min(${changesAt}) filter (where ${meant})`,
      none: counting.none,
      counts: counted,
    },
    ofRows: (rows) => {
      const found = rows
        .filter(passes)
        .map((row) => ({ ...row, ...withinMoments(moments, row.occurredAt, zone, surroundings) }));
      return {
        value: counting.of(
          found.filter((row) => row.within),
          property,
          zone,
        ),
        changesAt: earliest(found.map((row) => row.changesAt)),
      };
    },
  });
}
