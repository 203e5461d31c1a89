import type { Condition } from '@clientele/shared/segments';
import type { Context } from '../../platform/context.ts';
import { checkCondition } from '../definitions/check-condition.ts';
import {
  EVERYBODY,
  leavesOfCompany,
  matchingStatement,
  readSurroundings,
  type Fragment,
  type Surroundings,
} from '../language/index.ts';
import { readWorlds } from '../membership/world.ts';

/** A condition somebody tries, ready to be asked about now. */
export interface Asked {
  readonly condition: Condition;
  readonly surroundings: Surroundings;
}

/** @throws InvalidInput */
export async function askable(ctx: Context, value: unknown): Promise<Asked> {
  const condition = await checkCondition(ctx, value);
  return { condition, surroundings: await surroundingsNow(ctx) };
}

export async function surroundingsNow(ctx: Context): Promise<Surroundings> {
  return readSurroundings(ctx, (await readWorlds(ctx)).live.conditions);
}

/** Everybody of whom a condition holds now, as a select of `profile_id`. */
export async function everybodyMeant(ctx: Context, condition: Condition): Promise<Fragment> {
  return matchingStatement(condition, leavesOfCompany(ctx), EVERYBODY, await surroundingsNow(ctx));
}
