import type { Condition } from '@clientele/shared/segments';
import { findCustomer } from '../../profiles/index.ts';
import type { Context } from '../../platform/context.ts';
import { invalid, InvalidInput } from '../../platform/errors.ts';
import { missingIn } from '../definitions/problems-of-condition.ts';
import { explainCondition, leavesOfCompany, readRows, type Verdict } from '../language/index.ts';
import { askable, surroundingsNow, type Asked } from './ask.ts';

export interface Explanation {
  member: boolean;
  at: Date;
  flipsAt: Date | null;
  nodes: Verdict[];
}

export interface ExplainMember {
  /** One of the two. */
  segmentId?: string | null | undefined;
  condition?: unknown;
  /** The API's own. */
  profileId: string;
}

/**
 * Why somebody is, or is not, in a segment or in what a condition asks: each part with its value, its verdict and the
 * moment it turns by itself.
 * @throws InvalidInput
 */
export async function explainMember(ctx: Context, input: ExplainMember): Promise<Explanation> {
  const { condition, surroundings } = await askedBy(ctx, input);
  const profileId = await findCustomer(ctx, input.profileId, 'profileId');
  const leaves = leavesOfCompany(ctx);
  const rows = await readRows(ctx, profileId, condition, leaves, surroundings);
  const nodes = [...explainCondition(condition, rows, leaves, surroundings)];
  const [whole] = nodes;
  return {
    member: whole?.holds ?? false,
    at: surroundings.now,
    flipsAt: whole?.flipsAt ?? null,
    nodes,
  };
}

async function askedBy(ctx: Context, { segmentId, condition }: ExplainMember): Promise<Asked> {
  const given = condition !== null && condition !== undefined;
  if (given === (typeof segmentId === 'string'))
    throw invalid('segmentId', 'REQUIRED', 'a segment or a condition, one of the two');
  if (given) return askable(ctx, condition);
  const segment = await ctx.sql
    .selectFrom('segment')
    .select(['condition', 'live_condition as live'])
    .where('id', '=', segmentId ?? '')
    .executeTakeFirst();
  if (segment === undefined) throw invalid('segmentId', 'UNKNOWN', 'there is no such segment');
  return stored(ctx, segment.live ?? segment.condition);
}

/** @throws InvalidInput where something it names is gone by now */
async function stored(ctx: Context, condition: Condition): Promise<Asked> {
  const surroundings = await surroundingsNow(ctx);
  const problems = await missingIn(ctx, condition, surroundings);
  if (problems.length > 0)
    throw new InvalidInput(
      problems.map(({ path, message }) => ({
        path: ['segmentId', ...path],
        code: 'UNKNOWN' as const,
        message,
      })),
    );
  return { condition, surroundings };
}
