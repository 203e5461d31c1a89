import { expect, test } from 'vitest';
import { newId } from '@clientele/api/src/platform/ids.ts';
import { aShopperWith, ask, LINE, useShop, visitOf } from './shop.ts';

const shop = useShop();
const ROUNDS = 100;

function spending(visitId: string) {
  return { shopper: { visitId }, lines: [LINE], spendPoints: { exact: 400 } };
}

test(
  '7: two tills and one balance, a hundred rounds: exactly one redeems each time',
  { timeout: 120_000 },
  async () => {
    const { id, visitId } = await aShopperWith(shop, 400);
    const tills = [
      { token: shop.cashier.token, draft: spending(visitId) },
      { token: shop.colleague.token, draft: spending(await visitOf(shop, id, shop.colleague)) },
    ];
    for (let round = 0; round < ROUNDS; round += 1) {
      const begins = await Promise.all(
        tills.map(async ({ token, draft: basket }) => ({
          token,
          input: {
            requestId: newId(),
            externalId: newId(),
            draft: basket,
            quoteHash: (await ask(shop, 'preview', basket, token)).quoteHash,
          },
        })),
      );
      const answers = await Promise.all(begins.map(({ token, input }) => ask(shop, 'begin', input, token)));
      const told = answers.map(({ __typename }) => __typename).toSorted();
      // Who reads before the other holds, hears that the quote changed; who reads after, that points are missing.
      expect(['OrderBegun,QuoteChanged', 'InsufficientPoints,OrderBegun'], `round ${round}`).toContain(
        told.join(),
      );
      const winners = begins.filter((_, index) => answers[index]?.__typename === 'OrderBegun');
      for (const { token, input } of winners) {
        const order = { external: { id: input.externalId } };
        const cancelled = await ask(shop, 'cancel', { requestId: newId(), order }, token);
        expect(cancelled).toMatchObject({ account: { active: 400, held: 0 } });
      }
    }
  },
);

test('7: fifty begins of one till with numbers of their own never hold more than there is', async () => {
  const { id, visitId } = await aShopperWith(shop, 1_000);
  const draft = { shopper: { visitId }, lines: [LINE], spendPoints: { exact: 300 } };
  const { quoteHash } = await ask(shop, 'preview', draft);
  const answers = await Promise.all(
    Array.from({ length: 50 }, () =>
      ask(shop, 'begin', { requestId: newId(), externalId: newId(), draft, quoteHash }),
    ),
  );
  const begun = answers.filter(({ __typename }) => __typename === 'OrderBegun');
  expect(begun).toHaveLength(3);
  const { rows } = await shop.app.database.pool.query<object>(
    'select active::int, held::int, debt::int from loyalty_account where profile_id = $1',
    [id],
  );
  expect(rows).toEqual([{ active: 100, held: 900, debt: 0 }]);
});
