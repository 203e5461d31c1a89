import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { Context } from '../../platform/context.ts';
import type { GraphQLContext } from '../../platform/graphql/builder.ts';
import { cursorOf } from '../../platform/graphql/paging.ts';
import { newId } from '../../platform/ids.ts';
import { asSystem } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { aSegment } from '../../testing/membership.builders.ts';
import { ensureTransitionMonth, forgetTransitions } from '../membership/transition-months.ts';
import { watchTransitions } from './watch-transitions.ts';

const it = useTestApp({ now: '2026-11-22T12:00:00.000Z' });

function context(): GraphQLContext {
  return { ...asSystem(it.app.context()), requestId: newId() };
}

/** Somebody entered then. @returns the position of it */
async function told(ctx: Context, segmentId: string, at: string): Promise<number> {
  await sql`select public.ensure_transition_month(${at.slice(0, 10)}::date)`.execute(ctx.sql);
  const { rows } = await sql<{ position: number }>`
    insert into segment_transition (profile_id, recorded_at, id, segment_id, entered, occurred_at, late)
    values (${newId()}, ${at}, ${newId()}, ${segmentId}, true, ${at}, false) returning position`.execute(
    ctx.sql,
  );
  return rows[0]?.position ?? 0;
}

test('months before the thirteenth go; whoever has read less than what went is told, and goes on otherwise', async () => {
  const ctx = it.app.context();
  const [busy, quiet] = [
    await aSegment(ctx, { leaf: 'TAG', tags: ['a'] }),
    await aSegment(ctx, { leaf: 'TAG', tags: ['b'] }),
  ];
  const first = await told(ctx, busy, '2025-08-05T10:00:00Z');
  const second = await told(ctx, busy, '2025-09-30T23:59:59Z');
  const seen = await told(ctx, quiet, '2025-10-01T00:00:00Z');
  const kept = await told(ctx, busy, '2026-01-15T00:00:00Z');
  await told(ctx, quiet, '2026-02-01T00:00:00Z');
  expect(await forgetTransitions(ctx)).toEqual(['2025-08', '2025-09']);
  expect(await forgetTransitions(ctx)).toEqual([]);
  const { rows } = await sql<{ position: number }>`
    select position from segment_transition where segment_id = ${busy} order by 1`.execute(ctx.sql);
  expect(rows).toEqual([{ position: kept }]);

  const from = (segmentId: string, position: number) =>
    watchTransitions(context(), { segmentId, after: cursorOf(String(position)) });
  await expect(from(busy, first)).rejects.toMatchObject({ code: 'CURSOR_EXPIRED' });
  for (const [reader, next] of [
    [await from(busy, second), '2026-01-15'],
    // Its own transitions are all there, however old the cursor is.
    [await from(quiet, first), '2025-10-01'],
    [await from(quiet, seen), '2026-02-01'],
  ] as const) {
    const { value } = await reader.next();
    expect(value?.occurredAt.toISOString().slice(0, 10)).toBe(next);
    await reader.return?.();
  }
});

test('a month that went is there again when the clock is put back to it', async () => {
  const ctx = it.app.context();
  const next = ctx.clock.now();
  it.app.clock.set('2025-01-10T12:00:00.000Z');
  await ensureTransitionMonth(ctx);
  it.app.clock.set(next);
  expect(await forgetTransitions(ctx)).toEqual(['2025-01']);
  it.app.clock.set('2025-01-10T12:00:00.000Z');
  await ensureTransitionMonth(ctx);
  const months = await sql<{ there: boolean }>`
    select to_regclass('public.segment_transition_y2025m01') is not null as there`.execute(ctx.sql);
  expect(months.rows).toEqual([{ there: true }]);
  it.app.clock.set(next);
});
