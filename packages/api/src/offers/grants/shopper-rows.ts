import { columnsOf, type ShopperRows } from '../../profiles/index.ts';

/** Personal offers follow the person; what they were granted for is told to nobody once the person is erased. */
export const GRANT_ROWS: readonly ShopperRows[] = [
  {
    table: 'offer_grant',
    atMerge: 'MOVE',
    // Both had the same from the same occasion: one is enough.
    arrange: async (tx, from, to) => {
      await tx.sql
        .updateTable('offer_grant')
        .set({ dedupe_key: null, state: 'WITHDRAWN' })
        .where('profile_id', '=', from)
        .where('dedupe_key', 'in', (eb) =>
          eb.selectFrom('offer_grant').select('dedupe_key').where('profile_id', '=', to),
        )
        .execute();
    },
    export: columnsOf('personalOffers', 'offer_grant', {
      from: 'valid_from',
      id: 'id',
      promotionId: 'promotion_id',
      reason: 'reason',
      validTo: 'valid_to',
      state: 'state',
    }),
    erase: async (tx, profileId) => {
      await tx.sql
        .updateTable('offer_grant')
        .set((eb) => ({
          reason: null,
          dedupe_key: null,
          state: eb
            .case()
            .when('state', '=', 'OPEN')
            .then('WITHDRAWN' as const)
            .else(eb.ref('state'))
            .end(),
        }))
        .where('profile_id', '=', profileId)
        .execute();
    },
  },
  {
    table: 'offer_showing',
    atMerge: 'MOVE',
    export: columnsOf('shownOffers', 'offer_showing', {
      at: 'shown_at',
      id: 'id',
      promotionId: 'promotion_id',
      acceptedAt: 'accepted_at',
      redeemedAt: 'redeemed_at',
    }),
    erase: 'KEEP',
  },
];
