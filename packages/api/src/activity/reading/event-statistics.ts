import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import { definedKinds } from '../definitions/read-definitions.ts';

export interface CountedKind {
  /** Empty: of no kind that can be. */
  kind: string;
  /** Somebody described it. */
  defined: boolean;
  recorded: number;
  rejected: number;
  /** Recorded in each of the hours. */
  byHour: number[];
}

export interface EventStatistics {
  /** Beginnings of the last 24 hours, the present one last. */
  hours: Date[];
  /** Most frequent first. */
  kinds: CountedKind[];
  sources: { source: string; recorded: number; rejected: number }[];
}

const HOURS = 24;
const HOUR_MS = 3_600_000;

/** What came in during the last 24 hours, by kind and by source; counted while it is recorded, never by looking at it. */
export async function eventStatistics(ctx: Context): Promise<EventStatistics> {
  const present = Math.floor(ctx.clock.now().getTime() / HOUR_MS) * HOUR_MS;
  const hours = Array.from(
    { length: HOURS },
    (_, index) => new Date(present - (HOURS - 1 - index) * HOUR_MS),
  );
  const { rows } = await sql<{
    hour: Date;
    source: string;
    kind: string;
    recorded: number;
    rejected: number;
  }>`
    select hour, source, kind, sum(recorded)::bigint as recorded, sum(rejected)::bigint as rejected
    from public.event_count where hour >= ${hours[0]} group by hour, source, kind`.execute(ctx.sql);
  const defined = await definedKinds(ctx);
  const kinds = new Map<string, CountedKind>();
  const sources = new Map<string, EventStatistics['sources'][number]>();
  for (const { hour, source, kind, recorded, rejected } of rows) {
    const ofKind = kinds.get(kind) ?? {
      kind,
      defined: defined.has(kind),
      recorded: 0,
      rejected: 0,
      byHour: hours.map(() => 0),
    };
    const ofSource = sources.get(source) ?? { source, recorded: 0, rejected: 0 };
    for (const counts of [ofKind, ofSource]) {
      counts.recorded += recorded;
      counts.rejected += rejected;
    }
    const at = Math.round((hour.getTime() - (hours[0]?.getTime() ?? 0)) / HOUR_MS);
    ofKind.byHour[at] = (ofKind.byHour[at] ?? 0) + recorded;
    kinds.set(kind, ofKind);
    sources.set(source, ofSource);
  }
  return {
    hours,
    kinds: [...kinds.values()].toSorted(byFrequency),
    sources: [...sources.values()].toSorted(byFrequency),
  };
}

function byFrequency(a: { recorded: number }, b: { recorded: number }): number {
  return b.recorded - a.recorded;
}
