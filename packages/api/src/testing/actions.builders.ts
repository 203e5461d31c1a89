import type { ActionRule } from '@clientele/shared/receipt';
import type { Context } from '../platform/context.ts';

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
