import { expect, test } from 'vitest';
import type { Context } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { asActor } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { aShopper } from '../../testing/profiles.builders.ts';
import { staffActor } from '../../testing/staff.builders.ts';
import { aStore } from '../../testing/company.builders.ts';
import { previewSegment } from './preview-segment.ts';

const it = useTestApp();
const ROWS = 1_000_000;

async function aTag(ctx: Context, people: number): Promise<string> {
  const tag = newId();
  for (let made = 0; made < people; made += 1) {
    const { id } = await aShopper(ctx);
    await ctx.sql
      .updateTable('profile')
      .set({ tags: [tag] })
      .where('id', '=', id)
      .execute();
  }
  return tag;
}

test('what takes long to count is told by a sample first, and exactly to who asks again', async () => {
  const ctx = it.app.context();
  const asked = { condition: { leaf: 'TAG', tags: [await aTag(ctx, 3)] } };
  const ask = async () => {
    const { count, exact } = await previewSegment(ctx, asked, { quickMs: 0, rows: ROWS });
    return { count, exact };
  };
  // Of so few people the sample is everybody.
  expect(await ask()).toEqual({ count: 3, exact: false });
  await expect.poll(ask, { timeout: 10_000 }).toEqual({ count: 3, exact: true });
});

test('a condition that reads too much is refused with what it would read', async () => {
  const ctx = it.app.context();
  const asked = previewSegment(ctx, { condition: { group: 'ALL', of: [] } }, { quickMs: 500, rows: 0 });
  await expect(asked).rejects.toMatchObject({ code: 'SegmentTooHeavy', limit: 0 });
});

test('staff of one store see how many, and nobody by name', async () => {
  const ctx = it.app.context();
  const tag = await aTag(ctx, 2);
  const { id } = await aStore(ctx);
  const manager = asActor(ctx, await staffActor(ctx, ['STORE_MANAGER'], { storeIds: [id] }));
  const { count, profileIds } = await previewSegment(manager, { condition: { leaf: 'TAG', tags: [tag] } });
  expect({ count, profileIds }).toEqual({ count: 2, profileIds: [] });
});
