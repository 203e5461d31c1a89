import { describe, expect, it } from 'vitest';
import { promotionRulesProblems } from './index.ts';
import type { PromotionRules } from './index.ts';
import { plainRules } from './testing-promotions.ts';

function problemsOf(changes: Record<string, unknown>): string[] {
  return promotionRulesProblems({ ...plainRules, ...changes }).map(
    ({ path, code }) => `${path.join('.')} ${code}`,
  );
}

const when = (changes: Record<string, unknown>) => ({ when: { ...plainRules.when, ...changes } });
const audience = (changes: Record<string, unknown>) => ({ audience: { ...plainRules.audience, ...changes } });
const benefit = (...benefits: unknown[]) => ({ benefits });
const condition = (...conditions: unknown[]) => ({ conditions });
const limits = (changes: Record<string, unknown>) => ({ limits: { ...plainRules.limits, ...changes } });
const shoes = { only: { categories: ['shoes'] } };

describe('rules of a promotion', () => {
  it('takes a series of codes by the id of the API as well as by that of the database', () => {
    const id = '019aa0c1-0000-7000-8000-000000000001';
    const globalId = 'UHJvbW9Db2RlUG9vbDowMTlhYTBjMS0wMDAwLTcwMDAtODAwMC0wMDAwMDAwMDAwMDE=';
    for (const poolId of [id, globalId])
      expect(problemsOf(benefit({ kind: 'NEXT_CODE', poolId, validDays: 30 }))).toEqual([]);
  });

  it('accepts every part there is, also after a trip through JSON', () => {
    const rules: PromotionRules = {
      when: {
        from: '2026-11-01T00:00:00+03:00',
        to: '2026-12-01T00:00:00Z',
        weekdays: [6, 7],
        hours: { from: '22:00', to: '06:00' },
      },
      where: { storeIds: ['s1', 's2'], channels: ['STORE', 'ONLINE'] },
      audience: {
        who: 'CHOSEN',
        tags: ['vip'],
        tiers: ['gold'],
        segmentIds: [],
        except: { tags: ['staff'], segmentIds: ['s'] },
      },
      conditions: [
        { kind: 'BASKET_SUM', atLeast: { RUB: 1, KZT: 1 }, goods: shoes },
        { kind: 'QUANTITY', atLeast: 2, goods: { except: { attributes: { colour: ['red'] } } } },
        { kind: 'FIRST_ORDER' },
        { kind: 'NTH_ORDER', number: 5, repeated: true },
        { kind: 'BIRTHDAY', daysBefore: 7, daysAfter: 0 },
        { kind: 'PROMO_CODE' },
      ],
      benefits: [
        { kind: 'PERCENT', rateBp: 10_000, goods: shoes, upTo: { RUB: 1 } },
        { kind: 'AMOUNT', amount: { RUB: 1 }, per: 'ITEM' },
        { kind: 'FIXED_PRICE', price: { RUB: 0 }, goods: shoes },
        { kind: 'N_FOR_M', take: 3, pay: 2 },
        { kind: 'CHEAPEST', take: 1, rateBp: 1 },
        { kind: 'GIFT', goods: shoes, quantity: 1 },
        { kind: 'EXTRA_POINTS', points: 1, per: 'ORDER' },
        { kind: 'POINTS_FACTOR', factorBp: 20_000 },
        { kind: 'PAY_BY_POINTS', capBp: 5_000 },
        { kind: 'NEXT_CODE', poolId: 'pool', validDays: 30 },
        { kind: 'TEXT' },
      ],
      limits: {
        perOrder: 1,
        perShopper: { times: 1, window: { kind: 'ROLLING', days: 30 } },
        total: { times: 1, window: { kind: 'WEEK' } },
        budget: { RUB: 1 },
      },
      allowsPoints: false,
      say: 'Tell them.',
    };
    expect(promotionRulesProblems(JSON.parse(JSON.stringify(rules)))).toEqual([]);
    expect(promotionRulesProblems(plainRules)).toEqual([]);
  });

  it.each([undefined, null, [], 'rules', 1])('refuses %j', (json) =>
    expect(promotionRulesProblems(json)).toHaveLength(1),
  );

  it('names what is missing', () =>
    expect(promotionRulesProblems({}).map(({ path, code }) => [path[0], code])).toEqual(
      ['when', 'where', 'audience', 'conditions', 'benefits', 'limits', 'allowsPoints', 'say'].map((key) => [
        key,
        'REQUIRED',
      ]),
    ));

  it.each([
    ['an unknown key', { discount: 1 }, ['discount UNKNOWN']],
    ['a day without an offset', when({ from: '2026-11-01' }), ['when.from FORMAT']],
    ['the 32nd', when({ to: '2026-12-32T00:00:00Z' }), ['when.to FORMAT']],
    [
      'an end at the beginning',
      when({ from: '2026-11-01T03:00:00+03:00', to: '2026-11-01T00:00:00Z' }),
      ['when.to RANGE'],
    ],
    ['an eighth day', when({ weekdays: [1, 8] }), ['when.weekdays.1 RANGE']],
    ['a day twice', when({ weekdays: [1, 2, 1] }), ['when.weekdays.2 DUPLICATE']],
    ['24 o’clock', when({ hours: { from: '10:00', to: '24:00' } }), ['when.hours.to FORMAT']],
    ['no time at all', when({ hours: { from: '10:00', to: '10:00' } }), ['when.hours.to RANGE']],
    ['an unknown channel', { where: { storeIds: [], channels: ['TV'] } }, ['where.channels.0 UNKNOWN']],
    ['nobody chosen', audience({ who: 'CHOSEN' }), ['audience REQUIRED']],
    ['tags that choose nobody', audience({ who: 'MEMBERS', tags: ['vip'] }), ['audience.who RANGE']],
    ['two codes', condition({ kind: 'PROMO_CODE' }, { kind: 'PROMO_CODE' }), ['conditions.1 DUPLICATE']],
    ['an unknown condition', condition({ kind: 'WEATHER' }), ['conditions.0.kind UNKNOWN']],
    ['a condition of no kind', condition({}), ['conditions.0.kind REQUIRED']],
    [
      'a sum of nothing',
      condition({ kind: 'BASKET_SUM', atLeast: { RUB: 0 } }),
      ['conditions.0.atLeast.RUB RANGE'],
    ],
    [
      'a sum in no currency',
      condition({ kind: 'BASKET_SUM', atLeast: {} }),
      ['conditions.0.atLeast REQUIRED'],
    ],
    [
      'a sum beyond money',
      condition({ kind: 'BASKET_SUM', atLeast: { RUB: 1e13 + 1 } }),
      ['conditions.0.atLeast.RUB RANGE'],
    ],
    [
      'a sum of 1e308',
      condition({ kind: 'BASKET_SUM', atLeast: { RUB: 1e308 } }),
      ['conditions.0.atLeast.RUB FORMAT'],
    ],
    [
      'a strange currency',
      condition({ kind: 'BASKET_SUM', atLeast: { roubles: 1 } }),
      ['conditions.0.atLeast.roubles FORMAT'],
    ],
    ['a negative quantity', condition({ kind: 'QUANTITY', atLeast: -1 }), ['conditions.0.atLeast RANGE']],
    ['half a piece', condition({ kind: 'QUANTITY', atLeast: 1.5 }), ['conditions.0.atLeast FORMAT']],
    [
      'goods that name nothing',
      condition({ kind: 'QUANTITY', atLeast: 1, goods: { only: {} } }),
      ['conditions.0.goods.only REQUIRED'],
    ],
    [
      'lists that name nothing',
      condition({ kind: 'QUANTITY', atLeast: 1, goods: { except: { skus: [], attributes: {} } } }),
      ['conditions.0.goods.except REQUIRED'],
    ],
    ['no benefit', benefit(), ['benefits REQUIRED']],
    ['an unknown benefit', benefit({ kind: 'toString' }), ['benefits.0.kind UNKNOWN']],
    ['more than all', benefit({ kind: 'PERCENT', rateBp: 10_001 }), ['benefits.0.rateBp RANGE']],
    ['0 %', benefit({ kind: 'PERCENT', rateBp: 0 }), ['benefits.0.rateBp RANGE']],
    ['a percentage as a text', benefit({ kind: 'PERCENT', rateBp: '10' }), ['benefits.0.rateBp FORMAT']],
    [
      'an argument of another kind',
      benefit({ kind: 'PERCENT', rateBp: 1, pay: 1 }),
      ['benefits.0.pay UNKNOWN'],
    ],
    ['three for three', benefit({ kind: 'N_FOR_M', take: 3, pay: 3 }), ['benefits.0.pay RANGE']],
    [
      'a fixed price of anything',
      benefit({ kind: 'FIXED_PRICE', price: { RUB: 1 }, goods: {} }),
      ['benefits.0.goods REQUIRED'],
    ],
    ['a gift of nothing named', benefit({ kind: 'GIFT', quantity: 1 }), ['benefits.0.goods REQUIRED']],
    [
      'a billion and one',
      benefit({ kind: 'EXTRA_POINTS', points: 1_000_000_001, per: 'ORDER' }),
      ['benefits.0.points RANGE'],
    ],
    ['a factor of nothing', benefit({ kind: 'POINTS_FACTOR', factorBp: 0 }), ['benefits.0.factorBp RANGE']],
    [
      'a factor of 101',
      benefit({ kind: 'POINTS_FACTOR', factorBp: 1_010_000 }),
      ['benefits.0.factorBp RANGE'],
    ],
    [
      'a code for no days',
      benefit({ kind: 'NEXT_CODE', poolId: 'p', validDays: 0 }),
      ['benefits.0.validDays RANGE'],
    ],
    ['words without words', benefit({ kind: 'TEXT' }), ['say REQUIRED']],
    ['no time per receipt', limits({ perOrder: 0 }), ['limits.perOrder RANGE']],
    [
      'a window of no days',
      limits({ total: { times: 1, window: { kind: 'ROLLING', days: 0 } } }),
      ['limits.total.window.days RANGE'],
    ],
    [
      'a day of days',
      limits({ perShopper: { times: 1, window: { kind: 'DAY', days: 2 } } }),
      ['limits.perShopper.window.days UNKNOWN'],
    ],
    ['an empty budget', limits({ budget: {} }), ['limits.budget REQUIRED']],
    ['a text too long', { say: 'x'.repeat(501) }, ['say RANGE']],
  ] as [string, Record<string, unknown>, string[]][])('refuses %s', (_, changes, problems) =>
    expect(problemsOf(changes)).toEqual(problems),
  );

  it('words alone are a promotion', () =>
    expect(problemsOf({ ...benefit({ kind: 'TEXT' }), say: 'Coffee is on us.' })).toEqual([]));

  it('takes ten thousand articles and no more', () => {
    const skus = Array.from({ length: 10_001 }, (_, index) => `S${index}`);
    const of = (list: string[]) => benefit({ kind: 'PERCENT', rateBp: 1, goods: { only: { skus: list } } });
    expect(problemsOf(of(skus.slice(1)))).toEqual([]);
    expect(problemsOf(of(skus))).toEqual(['benefits.0.goods.only.skus RANGE']);
  });
});
