import type { PersonTrace } from '../../profiles/index.ts';
import { OWN_CODES } from './issue/own-codes.ts';

/**
 * Codes name the person they were given to. They are found by what is printed on them, so they stay, without the person;
 * those nobody can use any more for that are cancelled.
 */
export const CODE_TRACES: readonly PersonTrace[] = [
  {
    name: 'promo codes',
    export: OWN_CODES,
    when: 'WITH',
    erase: async (tx, { profileIds }) => {
      const whose = [...profileIds];
      await tx.sql
        .updateTable('promo_code')
        .set((eb) => ({
          profile_id: null,
          dedupe_key: null,
          reason: null,
          state: eb
            .case()
            .when('state', '=', 'USED')
            .then('USED' as const)
            .else('CANCELLED' as const)
            .end(),
          held_order_id: null,
          held_until: null,
          cancelled_at: eb
            .case()
            .when('state', '=', 'USED')
            .then(eb.ref('cancelled_at'))
            .else(tx.clock.now())
            .end(),
        }))
        .where('profile_id', 'in', whose)
        .execute();
      await tx.sql
        .updateTable('promo_code_use')
        .set({ profile_id: null })
        .where('profile_id', 'in', whose)
        .execute();
      await tx.sql.deleteFrom('promo_code_counter').where('profile_id', 'in', whose).execute();
    },
  },
];
