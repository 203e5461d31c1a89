import type {
  ActionRule,
  EarningLimit,
  EarningRule,
  MultiplierRule,
  ProgramSettings,
  TierLevel,
} from '@clientele/shared/receipt';

/** A code nobody has yet: `purchase`, `purchase-2` … It never changes: orders remember it. */
export function freshCode(base: string, taken: readonly { code: string }[]): string {
  const codes = new Set(taken.map(({ code }) => code));
  if (!codes.has(base)) return base;
  let number = 2;
  while (codes.has(`${base}-${number}`)) number += 1;
  return `${base}-${number}`;
}

/** The same amount in each currency: a start to be changed. */
function each<Value>(currencies: readonly string[], value: Value): Record<string, Value> {
  return Object.fromEntries(currencies.map((currency) => [currency, value]));
}

export const EARNING_TYPES = ['AMOUNT_STEP', 'PERCENT', 'PER_ITEM', 'PER_VISIT'] as const;

export function newEarningRule(
  type: EarningRule['type'],
  { earningRules, pointValueMinor }: Pick<ProgramSettings, 'earningRules' | 'pointValueMinor'>,
): EarningRule {
  const code = freshCode('rule', earningRules);
  const currencies = Object.keys(pointValueMinor);
  if (type === 'AMOUNT_STEP')
    return { code, type, steps: each(currencies, { stepMinor: 10_000, points: 3 }) };
  if (type === 'PERCENT') return { code, type, rateBp: 300 };
  if (type === 'PER_ITEM') return { code, type, points: 10 };
  return { code, type, points: 50, atLeast: each(currencies, 100_000) };
}

/** The rule in another type; what both have stays. */
export function ofType(
  rule: EarningRule,
  type: EarningRule['type'],
  settings: Pick<ProgramSettings, 'earningRules' | 'pointValueMinor'>,
): EarningRule {
  const { code, name, match, rounding, priority, exclusive } = rule;
  const kept = { code, name, match, rounding, priority, exclusive };
  const given = Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined));
  return { ...newEarningRule(type, settings), ...given } as EarningRule;
}

export function newMultiplier({ multipliers }: Pick<ProgramSettings, 'multipliers'>): MultiplierRule {
  return { code: freshCode('multiplier', multipliers), factorBp: 20_000, match: {} };
}

export function newLimit({ earningLimits }: Pick<ProgramSettings, 'earningLimits'>): EarningLimit {
  return { code: freshCode('limit', earningLimits), scope: 'SHOPPER', window: 'DAY', max: 500 };
}

export function newLevel(
  { tiers }: Pick<ProgramSettings, 'tiers'>,
  currencies: readonly string[],
): TierLevel {
  const last = tiers.levels.at(-1);
  return {
    code: freshCode('tier', tiers.levels),
    name: '',
    from: Object.fromEntries(currencies.map((currency) => [currency, doubled(last?.from[currency])])),
    fromPoints: last === undefined || last.fromPoints === 0 ? 1_000 : last.fromPoints * 2,
  };
}

const ONCE = { once: 'SHOPPER', freezeDays: 0, ttlDays: null } as const;

function doubled(minor: number | undefined): number {
  return minor === undefined || minor === 0 ? 1_000_000 : minor * 2;
}

/** Usual rewards (loyalty.md E12), to be added by one press. The name is a word of the page. */
export const ACTION_PRESETS: readonly Omit<ActionRule, 'name'>[] = [
  { code: 'welcome', on: 'ENROLMENT', points: 200, ...ONCE },
  { code: 'subscription', on: 'SUBSCRIPTION', points: 100, ...ONCE },
  { code: 'social', on: 'SOCIAL_LINK', points: 100, ...ONCE, once: 'PROPERTY', property: 'network' },
  {
    code: 'review',
    on: 'REVIEW_APPROVED',
    points: 50,
    ...ONCE,
    once: 'NO',
    atMost: [
      { times: 1, window: { kind: 'DAY' } },
      { times: 3, window: { kind: 'MONTH' } },
    ],
  },
  {
    code: 'birthday',
    on: 'BIRTHDAY',
    points: 500,
    ...ONCE,
    once: 'NO',
    birthday: { daysBefore: 7, daysAfter: 7 },
  },
  { code: 'survey', on: 'SURVEY', points: 50, ...ONCE, once: 'PROPERTY', property: 'survey' },
  { code: 'referral', on: 'REFERRAL', points: 300, ...ONCE, once: 'PROPERTY', property: 'friend' },
  { code: 'event', on: 'EVENT', event: '', points: 10, ...ONCE, once: 'NO' },
];

export function newAction(
  preset: Omit<ActionRule, 'name'>,
  name: string,
  { actions }: Pick<ProgramSettings, 'actions'>,
): ActionRule {
  return { ...preset, name, code: freshCode(preset.code, actions) };
}

/** A copy without a key, or with another value: `undefined` takes the key away. */
export function withKey<T extends object, K extends keyof T>(object: T, key: K, value: T[K] | undefined): T {
  const { [key]: _old, ...rest } = object;
  return (value === undefined ? rest : { ...rest, [key]: value }) as T;
}

/** The list with one of its rules replaced, by its place. */
export function replaced<T>(list: readonly T[], index: number, item: T): T[] {
  return list.map((old, at) => (at === index ? item : old));
}

export function without<T>(list: readonly T[], index: number): T[] {
  return list.filter((_item, at) => at !== index);
}
