import type { Condition } from '@clientele/shared/segments';
import { sql } from 'kysely';
import { SEGMENT_LEAVES } from '../segment-leaves.ts';
import {
  explainCondition,
  matchingStatement,
  membershipStatement,
  readRows,
  readSurroundings,
  type Verdict,
} from '../segments/index.ts';
import type { Context } from '../platform/context.ts';

export interface Asked {
  readonly holds: boolean;
  /** What the explanation shows of the whole condition. */
  readonly value: Verdict['value'];
  readonly flipsAt: Date | null;
  /** As the database sees it. */
  readonly nextCheckAt: Date | null;
}

/** One condition about one shopper, of the database and of the explanation. @throws Error where they do not agree */
export async function askBothWays(ctx: Context, profileId: string, condition: Condition): Promise<Asked> {
  const surroundings = await readSurroundings(ctx, new Map());
  const scope = { profiles: [profileId] };
  const members = await sql<{ segments: number[]; next_check_at: Date | null }>`
    ${await membershipStatement([{ number: 1, condition }], SEGMENT_LEAVES, scope, surroundings)}`.execute(
    ctx.sql,
  );
  const matching = await sql`${matchingStatement(condition, SEGMENT_LEAVES, scope, surroundings)}`.execute(
    ctx.sql,
  );
  const rows = await readRows(ctx, profileId, condition, SEGMENT_LEAVES, surroundings);
  const [verdict] = explainCondition(condition, rows, SEGMENT_LEAVES, surroundings);
  const [member] = members.rows;
  if (verdict === undefined || member === undefined) throw new Error('Nobody was found');
  const found = [matching.rows.length === 1, member.segments.includes(1), verdict.holds];
  if (new Set(found).size > 1)
    throw new Error(`The database and the explanation do not agree: ${found.join(', ')}`);
  return {
    holds: verdict.holds,
    value: verdict.value,
    flipsAt: verdict.flipsAt,
    nextCheckAt: member.next_check_at,
  };
}
