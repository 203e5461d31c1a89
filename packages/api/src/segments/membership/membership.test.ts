import type { Condition } from '@clientele/shared/segments';
import { expect, test } from 'vitest';
import { useTestApp } from '../../testing/create-test-app.ts';
import { aShopper } from '../../testing/profiles.builders.ts';
import { aSegment, membersOf, sizeOf, transitionsOf } from '../../testing/membership.builders.ts';

const it = useTestApp();

const women: Condition = { leaf: 'GENDER', among: ['FEMALE'] };

async function become(profileId: string, gender: 'FEMALE' | 'MALE'): Promise<void> {
  await it.app.database.sql.updateTable('profile').set({ gender }).where('id', '=', profileId).execute();
}

test('whoever fulfils a condition is a member, is told to have entered, and leaves as soon as they do not', async () => {
  const ctx = it.app.context();
  const [anna, boris] = [await aShopper(ctx), await aShopper(ctx)];
  await become(anna.id, 'FEMALE');
  await become(boris.id, 'MALE');
  const segment = await aSegment(ctx, women);
  expect(await membersOf(ctx, segment)).toEqual([anna.id]);
  // Who was there when it was made did not enter it.
  expect(await transitionsOf(ctx, segment)).toEqual([]);
  expect(await sizeOf(ctx, segment)).toEqual({ size: 1, entered: 0, left: 0 });

  await become(boris.id, 'FEMALE');
  await become(anna.id, 'MALE');
  expect(await membersOf(ctx, segment)).toEqual([boris.id]);
  const at = it.app.clock.now();
  expect(
    (await transitionsOf(ctx, segment)).toSorted((a, b) => Number(a.entered) - Number(b.entered)),
  ).toEqual([
    { profileId: anna.id, entered: false, late: false, at },
    { profileId: boris.id, entered: true, late: false, at },
  ]);
  expect(await sizeOf(ctx, segment)).toEqual({ size: 1, entered: 1, left: 1 });
});
