import { beforeAll, expect } from 'vitest';
import { globalId } from '@clientele/api/src/platform/graphql/global-id.ts';
import { newId } from '@clientele/api/src/platform/ids.ts';
import {
  aCashier,
  aKey,
  aStore,
  aTill,
  asActor,
  type BuiltCashier,
} from '@clientele/api/src/testing/company.builders.ts';
import { aProgram } from '@clientele/api/src/testing/loyalty.builders.ts';
import { grantPoints } from '@clientele/api/src/testing/orders.builders.ts';
import { aConsentText, aPhone, aShopper, aVisit } from '@clientele/api/src/testing/profiles.builders.ts';
import { ask, begin, LINE, sell, useShop, type BadInputShop } from './shop.ts';

/** What stands in another store: every kind of thing that has an id there. */
export interface Foreign {
  cashier: BuiltCashier;
  manager: BuiltCashier;
  sale: Awaited<ReturnType<typeof sell>>;
  begun: { id: string; externalId: string };
  backId: string;
  visitId: string;
  challengeId: string;
  profileId: string;
  programId: string;
  entryId: string;
  textId: string;
}

export interface ForeignStores {
  readonly shop: BadInputShop;
  /** In the second store of the brand. */
  readonly second: Foreign;
  /** In a store of another brand. */
  readonly stranger: Foreign;
  /** A key that sees the first store alone. */
  readonly narrow: string;
}

export function useForeignStores(): ForeignStores {
  const shop = useShop();
  let built: Omit<ForeignStores, 'shop'> | undefined;
  beforeAll(async () => {
    const ctx = shop.app.context();
    const store = await aStore(ctx);
    const programId = await aProgram(ctx, { brandId: store.brandId });
    const cashier = await aCashier(ctx, { till: await aTill(ctx, { store }) });
    built = {
      second: await openStore(shop, shop.elsewhere, shop.programId),
      stranger: await openStore(shop, cashier, programId),
      narrow: (await aKey(ctx, { storeIds: [shop.stores[0].id] })).token,
    };
  });
  const there = () => {
    if (built === undefined) throw new Error('the other stores open before all');
    return built;
  };
  return {
    shop,
    get second() {
      return there().second;
    },
    get stranger() {
      return there().stranger;
    },
    get narrow() {
      return there().narrow;
    },
  };
}

async function openStore(shop: BadInputShop, cashier: BuiltCashier, programId: string): Promise<Foreign> {
  const ctx = shop.app.context();
  const { token, till } = cashier;
  const { id: profileId } = await aShopper(ctx);
  const place = {
    programId,
    brandId: till.store.brandId,
    storeId: till.store.id,
    storeCode: '',
    currency: 'RUB',
  };
  await grantPoints(ctx, place, profileId, 500);
  const visitId = globalId('ShopperVisit', await aVisit(asActor(ctx, cashier.actor), { profileId }));
  const sale = await sell(shop, { shopper: { visitId }, lines: [{ ...LINE, quantity: '2' }] }, token);
  const back = {
    requestId: newId(),
    order: { id: sale.id },
    externalId: newId(),
    lines: [{ number: 1, quantity: '1' }],
  };
  expect(await ask(shop, 'giveBack', back, token)).toMatchObject({ __typename: 'OrderReturned' });
  const { rows } = await shop.app.database.pool.query<{ back: string; entry: string }>(
    `select (select id from order_return where profile_id = $1) as back,
      (select id from loyalty_journal where profile_id = $1 order by revision limit 1) as entry`,
    [profileId],
  );
  const open = await begin(
    shop,
    { shopper: { visitId }, lines: [LINE], spendPoints: { exact: 100 } },
    { token },
  );
  const challenge = await ask(shop, 'identify', { phone: aPhone() }, token);
  return {
    cashier,
    manager: await aCashier(ctx, { till, manager: true, pin: '8642' }),
    sale,
    begun: { id: open.order?.id ?? '', externalId: open.externalId },
    backId: globalId('OrderReturn', rows[0]?.back ?? ''),
    visitId,
    challengeId: challenge.id,
    profileId,
    programId,
    entryId: globalId('LedgerEntry', `${profileId}:${rows[0]?.entry}`),
    textId: globalId('ConsentText', await aConsentText(ctx, { brandId: till.store.brandId })),
  };
}

/** Actions of the audit by these callers since a moment before the work. */
export async function auditOf(
  shop: BadInputShop,
  actorIds: readonly string[],
  work: () => Promise<void>,
): Promise<string[]> {
  const read = async () => {
    const { rows } = await shop.app.database.pool.query<{ action: string }>(
      'select action from audit_entry where actor_id = any($1) order by id',
      [actorIds],
    );
    return rows.map(({ action }) => action);
  };
  const before = (await read()).length;
  await work();
  return (await read()).slice(before);
}
