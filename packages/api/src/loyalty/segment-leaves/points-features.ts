import { DAY_MS } from '@clientele/shared/time';
import { sql } from 'kysely';
import {
  allOf,
  earliest,
  feature,
  TRUE,
  type Feature,
  type Fragment,
  type Surroundings,
} from '../../segments/index.ts';
import { ACCOUNTS, LOTS, type LotFacts } from './points-sources.ts';

const ZERO = sql`0`;

function ofProgram(program: string | undefined): Fragment {
  return program === undefined ? TRUE : sql`r.program_id::text = ${program}`;
}

function isOf(program: string | undefined): (row: { programId: string }) => boolean {
  return ({ programId }) => program === undefined || programId === program;
}

/** A sum over lots at a moment; it may change as points become active and as they expire. */
interface LotSum {
  readonly about: unknown;
  readonly program: string | undefined;
  /** Points of a lot `r` that count. */
  readonly sql: Fragment;
  of(lot: LotFacts): number;
  /** Which lots `r` count at the moment, where that is few of them. */
  readonly counts?: Fragment;
  /** Days before its end at which a lot begins to count; absent: it does not then. */
  readonly daysAhead?: number;
}

function lotSum(
  { about, program, sql: counting, of, counts = TRUE, daysAhead = 0 }: LotSum,
  { now }: Surroundings,
): Feature {
  const isIts = isOf(program);
  const soon = sql`r.expire_at - ${`${daysAhead * 24} hours`}::interval`;
  return feature(LOTS, {
    about: { about, program },
    sql: {
      value: sql`coalesce(sum(${counting}) filter (where ${ofProgram(program)}), 0)`,
      changesAt: sql`min(least(case when r.pending > 0 and r.activate_at > ${now}::timestamptz then r.activate_at end,
        case when ${soon} > ${now}::timestamptz then ${soon}
          when r.expire_at > ${now}::timestamptz then r.expire_at end)) filter (where ${ofProgram(program)})`,
      none: ZERO,
      counts: allOf([ofProgram(program), counts]),
    },
    ofRows: (rows) => {
      const lots = rows.filter(isIts);
      return {
        value: lots.reduce((sum, lot) => sum + of(lot), 0),
        changesAt: earliest(lots.map((lot) => changeOf(lot, daysAhead, now))),
      };
    },
  });
}

function changeOf({ pending, activateAt, expireAt }: LotFacts, daysAhead: number, now: Date): Date | null {
  const soon = expireAt === null ? null : new Date(expireAt.getTime() - daysAhead * DAY_MS);
  const ends = soon !== null && soon > now ? soon : expireAt !== null && expireAt > now ? expireAt : null;
  return earliest([pending > 0 && activateAt > now ? activateAt : null, ends]);
}

const lasts = (now: Date): Fragment => sql`(r.expire_at is null or r.expire_at > ${now}::timestamptz)`;
const isDue = (now: Date): Fragment => sql`r.activate_at <= ${now}::timestamptz`;

function stands({ expireAt }: LotFacts, now: Date): boolean {
  return expireAt === null || expireAt > now;
}

/** What waited and is due by now. */
function dueOf({ pending, activateAt }: LotFacts, now: Date): number {
  return activateAt <= now ? pending : 0;
}

const dueSql = (now: Date): Fragment => sql`case when ${isDue(now)} then r.pending else 0 end`;

export function activeLots(program: string | undefined, surroundings: Surroundings): Feature {
  const { now } = surroundings;
  return lotSum(
    {
      about: 'active',
      program,
      sql: sql`case when ${lasts(now)} then r.active + ${dueSql(now)} else 0 end`,
      of: (lot) => (stands(lot, now) ? lot.active + dueOf(lot, now) : 0),
    },
    surroundings,
  );
}

/** That is due and was not posted yet. */
export function activated(program: string | undefined, surroundings: Surroundings): Feature {
  const { now } = surroundings;
  return lotSum(
    {
      about: 'activated',
      program,
      sql: sql`case when ${lasts(now)} then ${dueSql(now)} else 0 end`,
      of: (lot) => (stands(lot, now) ? dueOf(lot, now) : 0),
    },
    surroundings,
  );
}

export function pendingLots(program: string | undefined, surroundings: Surroundings): Feature {
  const { now } = surroundings;
  return lotSum(
    {
      about: 'pending',
      program,
      sql: sql`case when ${isDue(now)} then 0 else r.pending end`,
      counts: sql`r.pending > 0`,
      of: (lot) => lot.pending - dueOf(lot, now),
    },
    surroundings,
  );
}

/** Active points that end within so many days. */
export function expiring(days: number, program: string | undefined, surroundings: Surroundings): Feature {
  const { now } = surroundings;
  const until = new Date(now.getTime() + days * DAY_MS);
  const ends = sql`(r.expire_at > ${now}::timestamptz and r.expire_at <= ${until}::timestamptz)`;
  return lotSum(
    {
      about: { expiring: days },
      program,
      daysAhead: days,
      sql: sql`case when ${ends} then r.active + ${dueSql(now)} else 0 end`,
      counts: ends,
      of: (lot) =>
        stands(lot, now) && lot.expireAt !== null && lot.expireAt <= until ? lot.active + dueOf(lot, now) : 0,
    },
    surroundings,
  );
}

/** As it was posted last. */
export function owed(program: string | undefined): Feature {
  const isIts = isOf(program);
  return feature(ACCOUNTS, {
    about: { owed: program },
    sql: {
      value: sql`coalesce(sum(r.owed) filter (where ${ofProgram(program)}), 0)`,
      changesAt: null,
      none: ZERO,
    },
    ofRows: (rows) => ({
      value: rows.filter(isIts).reduce((sum, account) => sum + account.owed, 0),
      changesAt: null,
    }),
  });
}
