import type { ActionRule, ProgramSettings } from '@clientele/shared/receipt';
import { setProgramMode } from '../loyalty/index.ts';
import type { Context } from '../platform/context.ts';
import { localId } from '../platform/graphql/global-id.ts';
import { aCashier, aStore, aTill } from './company.builders.ts';
import type { TestApp } from './create-test-app.ts';
import { tellEvents } from './events.builders.ts';
import { aProgram } from './loyalty.builders.ts';
import type { Shop } from './orders.builders.ts';
import { aPhone, lastCode } from './profiles.builders.ts';
import { ask } from './shopper-operations.ts';

/** Points at once and for ever, as often as it happens. */
export function anAction(facts: Partial<ActionRule> & Pick<ActionRule, 'on'>): ActionRule {
  return {
    code: facts.on.toLowerCase(),
    name: facts.on,
    points: 100,
    once: 'NO',
    freezeDays: 0,
    ttlDays: null,
    ...facts,
  };
}

/** The actions of loyalty.md E12. */
export const E12_ACTIONS: readonly ActionRule[] = [
  anAction({ on: 'ENROLMENT', code: 'welcome', name: 'Добро пожаловать', points: 200, once: 'SHOPPER' }),
  anAction({ on: 'SUBSCRIPTION', code: 'subscription', name: 'Подписка', points: 100, once: 'SHOPPER' }),
  anAction({ on: 'SOCIAL_LINK', code: 'social', name: 'Соцсеть', once: 'PROPERTY', property: 'network' }),
  anAction({
    on: 'REVIEW_APPROVED',
    code: 'review',
    name: 'Отзыв',
    points: 50,
    atMost: [
      { times: 1, window: { kind: 'DAY' } },
      { times: 3, window: { kind: 'MONTH' } },
    ],
  }),
  anAction({
    on: 'BIRTHDAY',
    code: 'birthday',
    name: 'День рождения',
    points: 500,
    birthday: { daysBefore: 7, daysAfter: 7 },
  }),
];

/** `rule points reason` of what a shopper did, oldest first. */
export async function grantsOf(ctx: Context, profileId: string): Promise<string[]> {
  const rows = await ctx.sql
    .selectFrom('action_grant')
    .select(['rule', 'points', 'reason', 'limit_code', 'taken_back'])
    .where('profile_id', '=', profileId)
    .orderBy('decided_at')
    .orderBy('id')
    .execute();
  return rows.map(({ rule, points, reason, limit_code, taken_back }) =>
    [rule, points, reason, limit_code, taken_back > 0 ? `-${taken_back}` : null]
      .filter((part) => part !== null)
      .join(' '),
  );
}

/** A shop whose program alone runs, so that events without a brand count in it only. */
export async function theOnlyShop(ctx: Context, settings: Partial<ProgramSettings>): Promise<Shop> {
  const running = await ctx.sql.selectFrom('program').select('id').where('mode', '<>', 'OFF').execute();
  for (const { id } of running) await setProgramMode(ctx, { programId: id, mode: 'OFF' });
  const store = await aStore(ctx);
  const programId = await aProgram(ctx, { brandId: store.brandId, settings });
  return { brandId: store.brandId, storeId: store.id, storeCode: store.code, programId, currency: 'RUB' };
}

/** Says a phone and a code at a new till of the shop; everybody has heard of it then. @returns the profile */
export async function enrolAt(app: TestApp, shop: Shop, phone: string = aPhone()): Promise<string> {
  const ctx = app.context();
  const { brandId, storeId: id, storeCode: code } = shop;
  const { token } = await aCashier(ctx, { till: await aTill(ctx, { store: { id, brandId, code } }) });
  const challenge = await ask(app, token, 'identify', { phone });
  const visit = await ask(app, token, 'confirm', {
    challengeId: challenge.id,
    code: await lastCode(ctx, localId(challenge.id, 'ShopperChallenge') ?? ''),
  });
  await tellEvents(app);
  return localId((visit['profile'] as { id: string }).id, 'Profile') ?? '';
}
