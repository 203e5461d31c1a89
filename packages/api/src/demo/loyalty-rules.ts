import { presetSettings, type ProgramSettings } from '@clientele/shared/receipt';
import {
  findProgram,
  grantBirthdays,
  noteLadders,
  programOfBrand,
  publishProgramVersion,
  recountTiers,
} from '../loyalty/index.ts';
import { PURCHASE_HISTORY } from '../orders/index.ts';
import type { Context } from '../platform/context.ts';

const EVERYBODY_WITH_A_TIER = { tiers: ['SILVER', 'GOLD', 'PLATINUM'] };

/**
 * What the demo company's program has become by today: the preset with tiers and thanks for actions. Nothing of it
 * touches somebody new who buys goods the catalogue does not know: tiers are reached by a year of purchases, shoes are
 * known goods, and the other rules are for those who have a tier.
 */
export const DEMO_RULES: ProgramSettings = {
  ...presetSettings,
  multipliers: [
    {
      code: 'gold-shoes-weekend',
      factorBp: 20_000,
      match: { categories: ['Обувь'], tiers: ['GOLD', 'PLATINUM'], weekdays: [6, 7] },
    },
  ],
  actions: [
    {
      code: 'birthday',
      name: 'День рождения',
      on: 'BIRTHDAY',
      points: 500,
      once: 'NO',
      freezeDays: 0,
      ttlDays: null,
      birthday: { daysBefore: 7, daysAfter: 7 },
      match: EVERYBODY_WITH_A_TIER,
    },
    {
      code: 'review',
      name: 'Отзыв о покупке',
      on: 'REVIEW_APPROVED',
      points: 50,
      once: 'NO',
      freezeDays: 0,
      ttlDays: 365,
      match: EVERYBODY_WITH_A_TIER,
      atMost: [
        { times: 1, window: { kind: 'DAY' } },
        { times: 3, window: { kind: 'MONTH' } },
      ],
    },
    {
      code: 'subscription',
      name: 'Подписка на новости',
      on: 'SUBSCRIPTION',
      points: 100,
      once: 'SHOPPER',
      freezeDays: 0,
      ttlDays: 365,
      match: EVERYBODY_WITH_A_TIER,
    },
  ],
  tiers: {
    basis: 'SPEND',
    window: 'LAST_12_MONTHS',
    keepDays: 365,
    levels: [
      level('SILVER', 'Серебряный', 40_000, 200_000),
      level('GOLD', 'Золотой', 80_000, 400_000),
      level('PLATINUM', 'Платиновый', 160_000, 800_000),
    ],
  },
};

function level(code: string, name: string, roubles: number, tenge: number) {
  return { code, name, from: { RUB: roubles * 100, KZT: tenge * 100 }, fromPoints: 0 };
}

/** Publishes them from now on, and counts what the year of purchases made of everybody. Doing it again changes nothing. */
export async function publishDemoRules(ctx: Context, brandId: string): Promise<void> {
  const program = await programOfBrand(ctx, brandId);
  if (program === null) throw new Error('the demo company has no program');
  if (program.versions.length === 1)
    await publishProgramVersion(ctx, { programId: program.id, settings: DEMO_RULES });
  await recountTiers(ctx, program.id, PURCHASE_HISTORY);
  const published = await findProgram(ctx, program.id);
  if (published !== null) await noteLadders(ctx, published);
  await grantBirthdays(ctx);
  await leavePastUntold(ctx);
}

/** Nobody reacts to the year that was made up: it is counted, and codes of the first minutes wait behind nothing. */
async function leavePastUntold(ctx: Context): Promise<void> {
  await ctx.sql
    .updateTable('outbox_event')
    .set({ published_at: ctx.clock.now() })
    .where('kind', '=', 'order.committed')
    .where('published_at', 'is', null)
    .execute();
}
