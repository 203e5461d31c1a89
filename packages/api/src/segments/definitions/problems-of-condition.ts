import { leavesOf, referencesOf, type Condition, type Leaf, type LeafCode } from '@clientele/shared/segments';
import type { Context } from '../../platform/context.ts';
import { leavesOfCompany, type LeafKind, type Missing, type Surroundings } from '../language/index.ts';
import type { SegmentProblem } from '../membership/segment.entity.ts';

/** What a condition names that is not there (any more): by the path from the condition inwards. */
export async function missingIn(
  ctx: Pick<Context, 'sql' | 'database'>,
  condition: Condition,
  surroundings: Surroundings,
): Promise<SegmentProblem[]> {
  const problems: SegmentProblem[] = [];
  for (const { path, node } of leavesOf(condition)) {
    for (const { kind, value } of await missingOf(ctx, node, surroundings)) {
      const named = referencesOf(node).find((one) => one.kind === kind && one.value === value);
      problems.push({
        path: [...path, ...(named?.path ?? [])],
        code: 'UNKNOWN',
        message: `there is no such ${kind.toLowerCase()}`,
        kind,
        value,
      });
    }
  }
  return problems;
}

async function missingOf(
  ctx: Pick<Context, 'sql' | 'database'>,
  leaf: Leaf,
  surroundings: Surroundings,
): Promise<readonly Missing[]> {
  if (leaf.leaf === 'SEGMENT')
    return surroundings.segments.has(leaf.segment) ? [] : [{ kind: 'SEGMENT', value: leaf.segment }];
  // The code of the leaf tells the type of its arguments; TypeScript does not follow it through the table.
  const kind = leavesOfCompany(ctx)[leaf.leaf] as unknown as LeafKind<LeafCode>;
  return (await kind.missing?.(ctx, leaf, surroundings)) ?? [];
}
