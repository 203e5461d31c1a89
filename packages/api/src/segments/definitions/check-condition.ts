import { conditionProblems, segmentsNamed, type Condition } from '@clientele/shared/segments';
import type { Context } from '../../platform/context.ts';
import { invalid, InvalidInput } from '../../platform/errors.ts';
import { readSurroundings } from '../language/index.ts';
import { readWorlds } from '../membership/world.ts';
import { missingIn } from './problems-of-condition.ts';

/**
 * A condition that can be asked: within the bounds, of known leaves with arguments that fit, naming only what is there,
 * and without going round in a circle of segments.
 * @param self the segment it is to be of; null: of none yet
 * @throws InvalidInput with the path from `condition` inwards
 */
export async function checkCondition(
  ctx: Context,
  value: unknown,
  self: string | null = null,
): Promise<Condition> {
  const problems = conditionProblems(value);
  if (problems.length > 0)
    throw new InvalidInput(problems.map((one) => ({ ...one, path: ['condition', ...one.path] })));
  const condition = value as Condition;
  const { live, next } = await readWorlds(ctx);
  const known = new Map([...live.conditions, ...(next?.conditions ?? [])]);
  await refuseCycle(ctx, condition, self);
  const missing = await missingIn(ctx, condition, await readSurroundings(ctx, known));
  if (missing.length > 0)
    throw new InvalidInput(
      missing.map(({ path, message }) => ({ path: ['condition', ...path], code: 'UNKNOWN', message })),
    );
  return condition;
}

/** @throws InvalidInput MISMATCH where following the named segments leads back to `self` */
async function refuseCycle(ctx: Context, condition: Condition, self: string | null): Promise<void> {
  const waiting = [...segmentsNamed(condition)];
  if (self === null || waiting.length === 0) return;
  const rows = await ctx.sql
    .selectFrom('segment')
    .select(['id', 'condition'])
    .where('archived_at', 'is', null)
    .execute();
  const names = new Map(rows.map((row) => [row.id, segmentsNamed(row.condition)]));
  const seen = new Set<string>();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next === self) throw invalid('condition', 'MISMATCH', 'names itself, by way of other segments');
    if (seen.has(next)) continue;
    seen.add(next);
    waiting.push(...(names.get(next) ?? []));
  }
}
