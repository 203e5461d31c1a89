import { sql } from 'kysely';
import { feature, isTrue, withinMoments, withinMomentsSql, type LeafKind } from '../../language/index.ts';
import { EVENTS } from './events-source.ts';
import { isMeant, meantSql } from './meant-events.ts';
import { missingEvent } from './missing-event.ts';

/** When the first or the last such event was, of all time. */
export const eventDate: LeafKind<'EVENT_DATE'> = {
  code: 'EVENT_DATE',
  question: ({ which, event, where = [], moments }, surroundings) => {
    const meant = meantSql(event, where);
    const at = sql`(${which === 'FIRST' ? sql`min` : sql`max`}(r.occurred_at) filter (where ${meant}))`;
    const { within, changesAt } = withinMomentsSql(moments, at, null, surroundings);
    const passes = isMeant(event, where);
    return isTrue(
      feature(EVENTS, {
        about: { date: which, event, where, moments },
        wants: [{ kind: event, from: null, before: null }],
        sql: { value: sql`(${at} is not null and ${within})`, changesAt, none: sql`false`, counts: meant },
        ofRows: (rows) => {
          const times = rows.filter(passes).map(({ occurredAt }) => occurredAt.getTime());
          if (times.length === 0) return { value: false, changesAt: null, shown: null };
          const moment = new Date(which === 'FIRST' ? Math.min(...times) : Math.max(...times));
          const decided = withinMoments(moments, moment, surroundings.zone, surroundings);
          return { value: decided.within, changesAt: decided.changesAt, shown: moment };
        },
      }),
    );
  },
  missing: (ctx, { event }) => missingEvent(ctx, event),
};
