import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import { wallTime } from '../../platform/clock.ts';

/** Wrong in a row; then a pause. */
const MOST_WRONG = 5;
const LOCK_MS = 300_000;

export interface Attempt {
  /** False: locked, and nothing is to be looked at. */
  open: boolean;
  /** When this one is wrong too. */
  lockedUntil: Date | null;
  attemptsLeft: number;
}

/**
 * Takes one attempt before anything is compared, so guesses at once gain nothing. Called outside a transaction: a wrong
 * guess must stay counted.
 * @param key a keyed hash of what is guarded, whether there is such an account or not
 */
export async function takeAttempt(ctx: Context, key: string): Promise<Attempt> {
  const now = wallTime(ctx.clock);
  const until = new Date(now.getTime() + LOCK_MS);
  const { rows } = await sql<{ wrong: number; lockedUntil: Date | null }>`
    insert into sign_in_guard as guard (key, wrong, locked_until, tried_at) values (${key}, 1, null, ${now})
    on conflict (key) do update set
      wrong = case when guard.locked_until is null then guard.wrong + 1 else 1 end,
      locked_until = case when guard.locked_until is null and guard.wrong + 1 >= ${MOST_WRONG} then ${until}::timestamptz end,
      tried_at = ${now}
    where guard.locked_until is null or guard.locked_until <= ${now}
    returning wrong, locked_until as "lockedUntil"`.execute(ctx.sql);
  const [row] = rows;
  if (row === undefined) return { open: false, attemptsLeft: 0, lockedUntil: await lockOf(ctx, key) };
  return { open: true, attemptsLeft: MOST_WRONG - row.wrong, lockedUntil: row.lockedUntil };
}

async function lockOf(ctx: Context, key: string): Promise<Date | null> {
  const row = await ctx.sql
    .selectFrom('sign_in_guard')
    .select('locked_until')
    .where('key', '=', key)
    .executeTakeFirst();
  return row?.locked_until ?? null;
}

/** It was right: what was wrong before counts no more. */
export async function clearAttempts(ctx: Context, key: string): Promise<void> {
  await ctx.sql.deleteFrom('sign_in_guard').where('key', '=', key).execute();
}

export function accountKey(ctx: Pick<Context, 'vault'>, email: string): string {
  return `account:${ctx.vault.index('sign-in account', email)}`;
}

export function codeKey(staffId: string): string {
  return `code:${staffId}`;
}

/** Everything wrong of one person counts no more: an administrator helps. */
export async function forgetGuesses(
  ctx: Context,
  { email, staffId }: { email: string; staffId: string },
): Promise<void> {
  await clearAttempts(ctx, accountKey(ctx, email));
  await clearAttempts(ctx, codeKey(staffId));
}

/** What nobody tried for a day says nothing any more. */
export async function forgetAttempts(ctx: Context): Promise<void> {
  const before = new Date(wallTime(ctx.clock).getTime() - 86_400_000);
  await ctx.sql.deleteFrom('sign_in_guard').where('tried_at', '<', before).execute();
}
