import { expect, test } from 'vitest';
import { newId } from '@clientele/api/src/platform/ids.ts';
import { aCashier, aTill } from '@clientele/api/src/testing/company.builders.ts';
import { aPhone } from '@clientele/api/src/testing/profiles.builders.ts';
import { DOCUMENTS } from './documents.ts';
import { aShopperWith, ask, LINE, respond, sell, useShop } from './shop.ts';
import { unchanged } from './unchanged.ts';

const shop = useShop();
const PHONES = 200;
const PROFILE = 'query ($ref: ProfileRef!) { profile(ref: $ref) { id } }';
const ORDERS = 'query ($filter: OrderFilter) { orders(filter: $filter, first: 1) { edges { node { id } } } }';

/** Every way to ask a till whether a phone is somebody's. */
const WAYS: [
  way: string,
  query: string,
  variables: (phone: string, orderId: string) => Record<string, unknown>,
][] = [
  ['identifyShopper', DOCUMENTS.identify, (phone) => ({ input: { phone, verify: false } })],
  ['profile', PROFILE, (phone) => ({ ref: { phone } })],
  [
    'previewOrder',
    DOCUMENTS.preview,
    (phone) => ({ input: { shopper: { profile: { phone } }, lines: [LINE] } }),
  ],
  [
    'beginOrder',
    DOCUMENTS.begin,
    (phone) => ({
      input: {
        requestId: newId(),
        externalId: newId(),
        quoteHash: '',
        draft: { shopper: { profile: { phone } }, lines: [LINE] },
      },
    }),
  ],
  [
    'attachShopper',
    DOCUMENTS.attach,
    (phone, id) => ({ input: { requestId: newId(), order: { id }, shopper: { profile: { phone } } } }),
  ],
  ['orders', ORDERS, (phone) => ({ filter: { profile: { phone } } })],
];

test.each(WAYS)(
  '14: hundreds of phones by %s: thirty are looked up, the rest is told to wait, and it is audited',
  async (_way, query, variables) => {
    const till = await aTill(shop.app.context(), { store: shop.stores[0] });
    const { token, id: cashierId } = await aCashier(shop.app.context(), { till });
    const sold = await sell(shop, { lines: [LINE] }, token);
    const codes: string[] = [];
    await unchanged(shop.app, async () => {
      for (let phones = 0; phones < PHONES; phones += 50) {
        const answers = await Promise.all(
          Array.from({ length: 50 }, () => respond(shop, query, variables(aPhone(), sold.id), token)),
        );
        codes.push(...answers.map(({ codes: [code] }) => code ?? 'LOOKED UP'));
      }
    });
    expect(codes.filter((code) => code === 'LOOKED UP')).toHaveLength(30);
    expect(codes.filter((code) => code === 'RATE_LIMITED')).toHaveLength(PHONES - 30);
    const { rows } = await shop.app.database.pool.query<{ subject: string }>(
      "select subject from audit_entry where action = 'look-ups.limited' and actor_id = $1",
      [cashierId],
    );
    expect(rows).toEqual([{ subject: `till:${till.id}` }]);
    // A shopper who is here already is nobody that is looked up: the sale goes on.
    const plain = await ask(shop, 'preview', { lines: [LINE] }, token);
    expect(plain).toMatchObject({ __typename: 'OrderQuote' });
  },
);

test('14: a visit and an id are no look-up: a till previews as often as goods are scanned', async () => {
  const { visitId } = await aShopperWith(shop, 100);
  const draft = { shopper: { visitId }, lines: [LINE] };
  for (let scans = 0; scans < 60; scans += 1)
    expect(await ask(shop, 'preview', draft)).toMatchObject({ __typename: 'OrderQuote' });
});
