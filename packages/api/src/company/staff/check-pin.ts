import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import { invalid } from '../../platform/errors.ts';
import { audit } from '../audit.ts';
import { WrongPin } from '../company.errors.ts';
import { pinMatches } from './pin.ts';

/** Wrong in a row at one till, and over all tills; then a pause. */
const TILL_MAX = 5;
const ANYWHERE_MAX = 10;
const LOCK_SECONDS = 300;

export interface PinCandidate {
  staffId: string;
  pinHash: string;
}

interface Attempt {
  open: boolean;
  attemptsLeft: number;
  lockedUntil: string | null;
}

/**
 * Who of the candidates has this PIN. An attempt is taken before the PIN is looked at, so guesses at once gain nothing.
 * Called outside a transaction: a wrong guess must stay counted.
 * @param guarded whose attempts these are: the person asked for, or the till where only a PIN was given
 * @throws WrongPin @throws InvalidInput when two people have this PIN
 */
export async function checkPin(
  ctx: Context,
  input: { candidates: readonly PinCandidate[]; guarded: string; tillId: string; pin: string },
): Promise<string> {
  const { candidates, guarded, tillId, pin } = input;
  const attempt = await takeAttempt(ctx, guarded, tillId);
  if (!attempt.open) throw wrongPin(attempt);
  const matches: string[] = [];
  for (const { staffId, pinHash } of candidates)
    if (await pinMatches(ctx.vault, staffId, pin, pinHash)) matches.push(staffId);
  const [found, ...others] = matches;
  if (found !== undefined) {
    await ctx.sql.deleteFrom('pin_guard').where('staff_id', '=', guarded).execute();
    if (others.length > 0) throw invalid('cashierId', 'REQUIRED', 'two people have this PIN: say who');
    return found;
  }
  if (attempt.lockedUntil !== null) await audit(ctx, { action: 'pin.locked', subject: `staff:${guarded}` });
  throw wrongPin(attempt);
}

async function takeAttempt(ctx: Context, guarded: string, tillId: string): Promise<Attempt> {
  const { rows } = await sql<{ attempt: Attempt }>`
    select public.take_pin_attempt(${guarded}, ${tillId}, ${ctx.clock.now()}, ${TILL_MAX}, ${ANYWHERE_MAX}, ${LOCK_SECONDS}) as attempt`.execute(
    ctx.sql,
  );
  const [row] = rows;
  if (row === undefined) throw new Error('take_pin_attempt returned nothing');
  return row.attempt;
}

function wrongPin({ attemptsLeft, lockedUntil }: Attempt): WrongPin {
  return new WrongPin(attemptsLeft, lockedUntil === null ? null : new Date(lockedUntil));
}
