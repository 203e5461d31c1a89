import type { Random } from '../../random.ts';
import type { BulkLoad } from '../bulk/bulk-load.ts';
import { AccountRows, type OpenedLot } from './account-rows.ts';
import type { PointTables } from './point-tables.ts';
import { exponential, type PeoplePlan } from '../people/plan-people.ts';
import { copyTime, NULL } from '../bulk/row-text.ts';
import type { Spending } from '../purchases/spending.ts';
import type { TimeOrderedIds } from '../bulk/time-ordered-ids.ts';

export interface WritePoints {
  readonly load: BulkLoad;
  readonly random: Random;
  readonly ids: TimeOrderedIds;
  readonly plan: PeoplePlan;
  readonly spending: Spending;
  readonly programId: string;
  readonly now: number;
  readonly onProgress: (done: number) => void;
}

const ACCOUNT =
  'profile_id, program_id, active, pending, debt, tier_code, tier_since, revision, due_at, opened_at';
const LOT = 'profile_id, id, program_id, source, granted, pending, active, earned_at, activate_at, expire_at';
const JOURNAL = `profile_id, id, program_id, revision, kind, points, occurred_at, posted_at, actor, reason,
  active_after, pending_after, held_after, debt_after`;
const ENTRY = 'profile_id, journal_id, number, account, lot_id, amount';

const DAY = 86_400_000;
const EVERY = 500;
const WITHOUT_PURCHASES = 0.15;

/**
 * Balances as they were brought in from another program: each account has its opening lots, and every lot the journal
 * that granted it; a few were corrected by hand, a few owe points. Purchases of the time before earned nothing here.
 */
export async function writePoints(input: WritePoints): Promise<void> {
  const { load, random, plan, spending, now, onProgress } = input;
  const tables: PointTables = {
    account: load.table('loyalty_account', ACCOUNT),
    lot: load.table('lot', LOT),
    journal: load.table('loyalty_journal', JOURNAL),
    entry: load.table('loyalty_entry', ENTRY),
  };
  const progress = load.table('tier_progress', 'profile_id, id, due_at, counted_at');
  const change = load.table(
    'tier_change',
    'profile_id, id, program_id, from_code, to_code, from_name, to_name, reason, actor, changed_at',
  );
  for (let person = 0; person < plan.count; person += 1) {
    if (plan.isDuplicate[person] === 1) continue;
    if (spending.paid(person) === 0 && !random.chance(WITHOUT_PURCHASES)) continue;
    const profileId = plan.ids[person] ?? '';
    const tier = spending.tier(person);
    const rows = new AccountRows(tables, { profileId, programId: input.programId, ids: input.ids });
    fillAccount(rows, input, person);
    rows.close(tier);
    if (tier !== null) {
      // A tier is kept for a year, then counted anew.
      const due = copyTime(Math.max(tier.since + 365 * DAY, now + DAY));
      progress.add(`${profileId}\t${input.programId}\t${due}\t${copyTime(now)}\n`);
      change.add(
        `${profileId}\t${input.ids.next(tier.since)}\t${input.programId}\t${NULL}\t${tier.code}\t${NULL}\t${tier.code}\tPURCHASE\tsystem\t${copyTime(tier.since)}\n`,
      );
    }
    if (person % EVERY === 0) {
      await load.breathe();
      onProgress(person);
    }
  }
  await load.flush();
}

/** Oldest first, as they were posted. */
function fillAccount(rows: AccountRows, { random, plan, spending, now }: WritePoints, person: number): void {
  const openedAt = Math.max(plan.createdAt[person] ?? now, now - 300 * DAY);
  const base = 20 + Math.floor(spending.paid(person) * 0.02) + Math.floor(exponential(random, 120));
  if (random.chance(0.02)) {
    rows.owe({ at: openedAt, points: random.between(10, 400), reason: 'Долг из прежней программы' });
    return;
  }
  const opened = rows.grant(
    lotOf(base, openedAt, random.chance(0.1) ? null : now + random.between(31, 700) * DAY),
  );
  if (random.chance(0.03))
    rows.takeDown(opened, {
      at: within(random, openedAt, now),
      points: Math.ceil(base / 3),
      reason: 'Исправление по обращению',
    });
  if (random.chance(0.2))
    rows.grant(
      lotOf(random.between(20, 900), within(random, openedAt, now), now + random.between(1, 30) * DAY),
    );
  if (random.chance(0.15)) rows.promise(random.between(10, 800), now - random.between(0, 60) * 60_000, now);
}

function lotOf(points: number, at: number, expireAt: number | null): OpenedLot {
  return { points, at, expireAt };
}

/** Between two moments, the later half: what follows comes after. */
function within(random: Random, from: number, to: number): number {
  return Math.floor(from + (to - from) * (0.5 + random.next() * 0.2));
}
