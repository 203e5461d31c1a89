import type { Condition } from '@clientele/shared/segments';
import { sql } from 'kysely';
import type { Context } from '../platform/context.ts';
import { newId } from '../platform/ids.ts';
import { createSegment } from '../segments/definitions/save-segment.ts';
import { bringMembership } from '../segments/index.ts';
import { asSystem } from './company.builders.ts';
import { runTasks } from './tasks.builders.ts';

/** Computed and live. @returns its id */
export async function aSegment(ctx: Context, condition: Condition, name: string = newId()): Promise<string> {
  const id = await createSegment(asSystem(ctx), { name, condition });
  await runTasks(ctx);
  return id;
}

/** As it stands, once whoever waits was looked at. */
export async function membersOf(ctx: Context, segmentId: string): Promise<string[]> {
  await bringMembership(ctx);
  return storedMembers(ctx, segmentId);
}

export async function storedMembers(ctx: Context, segmentId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select own.profile_id as id from public.profile_segment own join public.segment s on s.number = any(own.segments)
    where s.id = ${segmentId} and s.live_condition is not null order by 1`.execute(ctx.sql);
  return rows.map(({ id }) => id);
}

export interface ToldTransition {
  profileId: string;
  entered: boolean;
  late: boolean;
  at: Date;
}

export async function transitionsOf(ctx: Context, segmentId: string): Promise<ToldTransition[]> {
  const { rows } = await sql<ToldTransition>`
    select profile_id as "profileId", entered, late, occurred_at as at from public.segment_transition
    where segment_id = ${segmentId} order by position`.execute(ctx.sql);
  return rows;
}

export async function sizeOf(
  ctx: Context,
  segmentId: string,
): Promise<{ size: number; entered: number; left: number } | undefined> {
  const { rows } = await sql<{ size: number; entered: number; left: number }>`
    select size, entered, "left" from public.segment_size where segment_id = ${segmentId}
    order by day desc limit 1`.execute(ctx.sql);
  return rows[0];
}
