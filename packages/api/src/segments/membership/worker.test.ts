import { expect, test } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { storedMembers } from '../../testing/membership.builders.ts';
import { aShopper } from '../../testing/profiles.builders.ts';
import { asSystem } from '../../testing/company.builders.ts';
import { createSegment } from '../definitions/save-segment.ts';
import { readSegmentsById } from '../definitions/read-segments.ts';

const it = useTestApp({ worker: true });

test('a worker computes a segment and follows its people by itself', async () => {
  const ctx = asSystem(it.app.context());
  const tag = newId();
  const [one, other] = [await aShopper(ctx), await aShopper(ctx)];
  const set = (id: string, tags: string[]) =>
    ctx.sql.updateTable('profile').set({ tags }).where('id', '=', id).execute();
  await set(one.id, [tag]);
  const segment = await createSegment(ctx, { name: newId(), condition: { leaf: 'TAG', tags: [tag] } });
  await expect
    .poll(async () => (await readSegmentsById(ctx, [segment]))[0]?.state, { timeout: 15_000 })
    .toBe('LIVE');
  expect(await storedMembers(ctx, segment)).toEqual([one.id]);
  await set(other.id, [tag]);
  await expect
    .poll(() => storedMembers(ctx, segment), { timeout: 15_000, interval: 50 })
    .toEqual([one.id, other.id].toSorted());
});
