import { expect, test } from 'vitest';
import { globalId } from '../platform/graphql/global-id.ts';
import { inTransaction } from '../platform/database/in-transaction.ts';
import { aKey } from '../testing/company.builders.ts';
import { useTestApp } from '../testing/create-test-app.ts';
import { aShopper } from '../testing/profiles.builders.ts';
import { ask } from '../testing/shopper-operations.ts';
import { moveShopperRows } from './moves.ts';
import { PROFILE_ROWS } from './profile-rows.ts';

const it = useTestApp();

test('identities move with their ids and keys; the survivor shows its own', async () => {
  const ctx = it.app.context();
  const [from, to] = [await aShopper(ctx, { email: 'moved@mail.ru' }), await aShopper(ctx)];
  const idsOf = async (profileId: string) =>
    (
      await ctx.sql
        .selectFrom('identity')
        .select('id')
        .where('profile_id', '=', profileId)
        .orderBy('id')
        .execute()
    ).map(({ id }) => id);
  const [before, own] = [await idsOf(from.id), await idsOf(to.id)];
  await inTransaction(ctx, (tx) => moveShopperRows(tx, PROFILE_ROWS, from.id, to.id));
  expect(await idsOf(from.id)).toEqual([]);
  expect(await idsOf(to.id)).toEqual([...before, ...own].toSorted());
  const { token } = await aKey(ctx);
  const survivor = { id: globalId('Profile', to.id), phone: to.phone, email: 'moved@mail.ru' };
  expect(await ask(it.app, token, 'profile', { phone: from.phone })).toMatchObject(survivor);
  expect(await ask(it.app, token, 'profile', { email: 'moved@mail.ru' })).toMatchObject(survivor);
});

test('what fails on the way leaves everything where it was', async () => {
  const ctx = it.app.context();
  const [from, to] = [await aShopper(ctx), await aShopper(ctx)];
  const failing = [
    ...PROFILE_ROWS,
    {
      table: 'lot' as const,
      atMerge: 'MOVE' as const,
      export: 'NOTHING' as const,
      erase: 'KEEP' as const,
      move: () => Promise.reject(new Error('no')),
    },
  ];
  await expect(inTransaction(ctx, (tx) => moveShopperRows(tx, failing, from.id, to.id))).rejects.toThrow(
    'no',
  );
  const { token } = await aKey(ctx);
  expect(await ask(it.app, token, 'profile', { phone: from.phone })).toMatchObject({
    id: globalId('Profile', from.id),
  });
});
