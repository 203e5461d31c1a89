import { expect, test } from 'vitest';
import type { GraphQLContext } from '../../platform/graphql/builder.ts';
import { cursorOf } from '../../platform/graphql/paging.ts';
import { newId } from '../../platform/ids.ts';
import { asSystem } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { aSegment, membersOf } from '../../testing/membership.builders.ts';
import { aShopper } from '../../testing/profiles.builders.ts';
import { changeSegment } from '../definitions/save-segment.ts';
import { runTasks } from '../../testing/tasks.builders.ts';
import { watchTransitions } from './watch-transitions.ts';

const it = useTestApp();

function context(): GraphQLContext {
  return { ...asSystem(it.app.context()), requestId: newId() };
}

async function aTaggedSegment() {
  const ctx = it.app.context();
  const tag = newId();
  const segmentId = await aSegment(ctx, { leaf: 'TAG', tags: [tag] });
  const set = async (id: string, tags: string[]): Promise<void> => {
    await ctx.sql.updateTable('profile').set({ tags }).where('id', '=', id).execute();
    await membersOf(ctx, segmentId);
  };
  return { ctx, tag, segmentId, set };
}

test('who comes and goes is told in order, and again from any place that was read before', async () => {
  const { ctx, tag, segmentId, set } = await aTaggedSegment();
  const { id } = await aShopper(ctx);
  await membersOf(ctx, segmentId);
  const reader = await watchTransitions(context(), { segmentId, after: null });
  const next = async (from = reader) => {
    const { value } = await from.next();
    return value as { entered: boolean; profileId: string; cursor: string; segmentId: string };
  };
  const first = next();
  await set(id, [tag]);
  expect(await first).toMatchObject({ entered: true, profileId: id, segmentId });
  await set(id, []);
  await set(id, [tag]);
  const left = await next();
  expect([left.entered, (await next()).entered]).toEqual([false, true]);
  await reader.return?.();
  expect(await reader.next()).toEqual({ done: true, value: undefined });

  const again = await watchTransitions(context(), { segmentId, after: left.cursor });
  expect(await next(again)).toMatchObject({ entered: true, profileId: id });
  await again.return?.();
  await expect(watchTransitions(context(), { segmentId, after: 'none' })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
  });
  expect(it.app.database.live.readers).toBe(0);
});

test('more than one portion at once is told to its last', async () => {
  const { ctx, tag, segmentId } = await aTaggedSegment();
  const other = newId();
  const ids: string[] = [];
  for (let made = 0; made < 130; made += 1) ids.push(newId());
  const now = ctx.clock.now();
  await ctx.sql
    .insertInto('profile')
    .values(ids.map((id) => ({ id, kind: 'PERSON' as const, tags: [tag], created_at: now, updated_at: now })))
    .execute();
  const reader = await watchTransitions(context(), { segmentId, after: null });
  const told: string[] = [];
  const reading = (async () => {
    for await (const { profileId, entered } of reader) {
      told.push(`${entered} ${profileId}`);
      if (told.length === 260) return;
    }
  })();
  await membersOf(ctx, segmentId);
  // An edit moves everybody at once.
  await changeSegment(asSystem(ctx), {
    id: segmentId,
    version: 1,
    name: segmentId,
    condition: { leaf: 'TAG', tags: [other] },
  });
  await runTasks(ctx);
  await reading;
  expect(told.slice(0, 130).toSorted()).toEqual(ids.map((id) => `true ${id}`).toSorted());
  expect(told.slice(130).toSorted()).toEqual(ids.map((id) => `false ${id}`).toSorted());
});

test('however many watch a segment, each is told all in order, and what is new is read once', async () => {
  const { ctx, tag, segmentId, set } = await aTaggedSegment();
  const people: string[] = [];
  for (let made = 0; made < 4; made += 1) people.push((await aShopper(ctx)).id);
  const [first = '', ...others] = people;
  await set(first, [tag]);
  const watch = () => watchTransitions(context(), { segmentId, after: cursorOf('0') });
  const [one, same, late] = [await watch(), await watch(), await watch()];
  const next = async (reader: typeof one) => (await reader.next()).value as { profileId: string };
  // What was there before each of them came, each has read for itself.
  expect([(await next(one)).profileId, (await next(same)).profileId]).toEqual([first, first]);
  for (const id of others) {
    const told = [next(one), next(same)];
    await set(id, [tag]);
    const [mine, theirs] = await Promise.all(told);
    expect(mine?.profileId).toBe(id);
    expect(theirs).toBe(mine);
  }
  const all: string[] = [];
  while (all.length < people.length) all.push((await next(late)).profileId);
  expect(all).toEqual(people);
  for (const reader of [one, same, late]) await reader.return?.();
});
