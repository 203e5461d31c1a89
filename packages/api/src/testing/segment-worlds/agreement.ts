import { leavesOf, type Condition } from '@clientele/shared/segments';
import { sql } from 'kysely';
import { expect } from 'vitest';
import type { Context } from '../../platform/context.ts';
import { SEGMENT_LEAVES } from '../../segment-leaves.ts';
import {
  explainCondition,
  membershipStatement,
  readRows,
  readSurroundings,
  type Surroundings,
  type Verdict,
} from '../../segments/index.ts';
import { naiveAnswer } from './naive-answers.ts';
import { rawPerson, type RawPerson } from './raw-person.ts';

interface Member {
  profile_id: string;
  segments: number[];
  next_check_at: Date | null;
}

/**
 * The conditions about these people, now: one statement for all against the rows of each, leaf by leaf also against what a
 * count by hand comes to; and of the first two people, that everything stays until it is said to turn, and turns then.
 * @param named segments that the conditions are made of
 */
export async function demandAgreement(
  ctx: Context,
  conditions: readonly Condition[],
  people: readonly string[],
  named: ReadonlyMap<string, Condition> = new Map(),
): Promise<void> {
  const surroundings = await readSurroundings(ctx, named);
  const members = await askDatabase(ctx, conditions, people, surroundings);
  for (const [place, member] of members.entries()) {
    const verdicts = await explained(ctx, conditions, member, surroundings);
    if (place < 2) await demandTurns(ctx, conditions, member, verdicts, surroundings);
  }
}

type Verdicts = readonly (readonly Verdict[])[];

/** In the order of the people; whoever was merged away is not asked about. */
async function askDatabase(
  ctx: Context,
  conditions: readonly Condition[],
  profiles: readonly string[],
  surroundings: Surroundings,
): Promise<Member[]> {
  const numbered = conditions.map((condition, number) => ({ number, condition }));
  const { rows } = await sql<Member>`
    ${await membershipStatement(numbered, SEGMENT_LEAVES, { profiles }, surroundings)}`.execute(ctx.sql);
  return profiles.flatMap((id) => rows.filter((row) => row.profile_id === id));
}

async function explained(
  ctx: Context,
  conditions: readonly Condition[],
  member: Member,
  surroundings: Surroundings,
): Promise<Verdicts> {
  const all: Condition = { group: 'ALL', of: conditions };
  const rows = await readRows(ctx, member.profile_id, all, SEGMENT_LEAVES, surroundings);
  const raw = await rawPerson(ctx, member.profile_id);
  return conditions.map((condition, number) => {
    const verdicts = explainCondition(condition, rows, SEGMENT_LEAVES, surroundings);
    const [whole] = verdicts;
    const about = JSON.stringify({ condition, raw });
    expect(member.segments.includes(number), about).toBe(whole?.holds);
    demandCountedByHand(condition, verdicts, raw, surroundings.now);
    if (whole !== undefined && whole.flipsAt !== null)
      expect(member.next_check_at?.getTime(), about).toBeLessThanOrEqual(whole.flipsAt.getTime());
    return verdicts;
  });
}

function demandCountedByHand(
  condition: Condition,
  verdicts: readonly Verdict[],
  raw: RawPerson,
  now: Date,
): void {
  for (const { path, node } of leavesOf(condition)) {
    const byHand = naiveAnswer(node, raw, now);
    const verdict = verdicts.find((one) => one.path.join() === path.join());
    if (byHand !== null) expect(verdict?.holds, `by hand ${JSON.stringify({ node, now, raw })}`).toBe(byHand);
  }
}

/** How many of the turns are tried: each is two statements. */
const TRIED = 2;

async function demandTurns(
  ctx: Context,
  conditions: readonly Condition[],
  { profile_id: id, segments, next_check_at: next }: Member,
  verdicts: Verdicts,
  surroundings: Surroundings,
): Promise<void> {
  const segmentsAt = async (moment: number) => {
    const now = new Date(moment);
    const [member] = await askDatabase(ctx, conditions, [id], { ...surroundings, now });
    return member?.segments ?? [];
  };
  if (next !== null) {
    expect(next.getTime()).toBeGreaterThan(surroundings.now.getTime());
    expect(await segmentsAt(next.getTime() - 1)).toEqual(segments);
  }
  const turns = verdicts.flatMap(([whole], number) =>
    whole?.flipsAt ? [{ number, holds: whole.holds, at: whole.flipsAt.getTime() }] : [],
  );
  for (const { number, holds, at } of turns.slice(0, TRIED)) {
    const about = JSON.stringify({ condition: conditions[number], at: new Date(at) });
    expect((await segmentsAt(at - 1)).includes(number), about).toBe(holds);
    expect((await segmentsAt(at)).includes(number), about).toBe(!holds);
  }
}
