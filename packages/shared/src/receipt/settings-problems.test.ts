import { describe, expect, it } from 'vitest';
import { presetSettings, programSettingsProblems } from './index.ts';
import { settingsWith } from './testing-basket.ts';

function problemsOf(json: unknown): string[] {
  return programSettingsProblems(json).map((problem) => `${problem.path.join('.')} ${problem.code}`);
}

describe('settings of a program version', () => {
  it('accepts the preset, also after a trip through JSON', () => {
    expect(programSettingsProblems(presetSettings)).toEqual([]);
    expect(programSettingsProblems(JSON.parse(JSON.stringify(presetSettings)))).toEqual([]);
  });

  it('accepts every option', () =>
    expect(
      problemsOf(
        settingsWith(
          {
            fiscalMode: 'PAYMENT',
            multiplierMode: 'PRODUCT',
            earnOnPoints: 'NONE',
            returnPolicy: 'FROM_REFUND',
            expiredRestorePolicy: { kind: 'ORIGINAL' },
            ttlDays: 365,
            earningRules: [
              {
                code: 'p',
                type: 'PERCENT',
                rateBp: 300,
                rounding: 'HALF_UP',
                match: { dates: ['2026-12-31'] },
              },
            ],
            multipliers: [{ code: 'gold', factorBp: 15_000, match: { tiers: ['gold'], weekdays: [1, 7] } }],
            earningLimits: [{ code: 'l', scope: 'RULE', rule: 'p', window: 'MONTH', max: 100 }],
            earningExclusions: { priceTypes: ['SALE'] },
            attach: { days: 0, perDay: null },
          },
          { capBase: 'RECEIPT', perReceiptMax: 10, exclusions: { skus: ['A'] } },
        ),
      ),
    ).toEqual([]));

  it.each([
    ['nothing', undefined, [' REQUIRED']],
    ['null', null, [' FORMAT']],
    ['a list', [], [' FORMAT']],
    ['an unknown zone', { ...presetSettings, timezone: 'Mars/Olympus' }, ['timezone UNKNOWN']],
    ['a misspelt setting', { ...presetSettings, freezeDay: 1 }, ['freezeDay UNKNOWN']],
    ['a float', { ...presetSettings, freezeDays: 1.5 }, ['freezeDays FORMAT']],
    ['a negative', { ...presetSettings, freezeDays: -1 }, ['freezeDays RANGE']],
    ['a text for a truth', { ...presetSettings, earnWithoutCode: 'yes' }, ['earnWithoutCode FORMAT']],
    ['an unknown option', { ...presetSettings, returnPolicy: 'NEVER' }, ['returnPolicy UNKNOWN']],
    ['a worthless point', { ...presetSettings, pointValueMinor: { RUB: 0 } }, ['pointValueMinor.RUB RANGE']],
    [
      'a currency in small letters',
      { ...presetSettings, pointValueMinor: { rub: 100 } },
      ['pointValueMinor.rub FORMAT'],
    ],
    [
      'a grace without days',
      { ...presetSettings, expiredRestorePolicy: { kind: 'GRACE' } },
      ['expiredRestorePolicy.days REQUIRED'],
    ],
    [
      'a currency without a floor price',
      settingsWith({}, { minUnitPriceMinor: { RUB: 1, KZT: 1 } }),
      ['redemption.minUnitPriceMinor.GBP REQUIRED'],
    ],
    ['more than all', settingsWith({}, { capBp: 10_001 }), ['redemption.capBp RANGE']],
  ])('refuses %s', (_, json, problems) => expect(problemsOf(json)).toEqual(problems));

  it('names what is missing', () => {
    const { freezeDays, ...rest } = presetSettings;
    expect(freezeDays).toBe(14);
    expect(programSettingsProblems(rest)).toEqual([
      { path: ['freezeDays'], code: 'REQUIRED', message: 'a whole number' },
    ]);
  });

  it.each([
    ['a rule of no type', { code: 'x', type: 'LOTTERY' }, ['earningRules.0.type UNKNOWN']],
    [
      'a step of nothing',
      { code: 'x', type: 'AMOUNT_STEP', steps: { RUB: { stepMinor: 0, points: 3 } } },
      ['earningRules.0.steps.RUB.stepMinor RANGE'],
    ],
    [
      'an eighth day',
      { code: 'x', type: 'PERCENT', rateBp: 1, match: { weekdays: [8] } },
      ['earningRules.0.match.weekdays.0 RANGE'],
    ],
    [
      'the 32nd',
      { code: 'x', type: 'PERCENT', rateBp: 1, match: { dates: ['2026-12-32'] } },
      ['earningRules.0.match.dates.0 FORMAT'],
    ],
    ['a rule without a code', { type: 'PERCENT', rateBp: 1 }, ['earningRules.0.code REQUIRED']],
  ])('refuses %s', (_, rule, problems) =>
    expect(problemsOf({ ...presetSettings, earningRules: [rule] })).toEqual(problems),
  );

  it.each([
    ['a piece', { code: 'x', type: 'PER_ITEM', points: 5 }, []],
    ['a visit', { code: 'x', type: 'PER_VISIT', points: 5, atLeast: { RUB: 0 } }, []],
    [
      'everything there is',
      {
        code: 'x',
        name: 'Shoes',
        type: 'PER_ITEM',
        points: 5,
        priority: -1,
        exclusive: true,
        match: {
          attributes: { colour: ['red'] },
          hours: { from: '22:00', to: '06:00' },
          except: { priceTypes: ['SALE'] },
        },
      },
      [],
    ],
    ['no points', { code: 'x', type: 'PER_ITEM', points: 0 }, ['earningRules.0.points RANGE']],
    [
      'negative points',
      { code: 'x', type: 'PER_VISIT', points: -5, atLeast: { RUB: 1 } },
      ['earningRules.0.points RANGE'],
    ],
    ['101 %', { code: 'x', type: 'PERCENT', rateBp: 10_100 }, ['earningRules.0.rateBp RANGE']],
    [
      'steps beyond money',
      { code: 'x', type: 'AMOUNT_STEP', steps: { RUB: { stepMinor: 1e13 + 1, points: 1e9 + 1 } } },
      ['earningRules.0.steps.RUB.stepMinor RANGE', 'earningRules.0.steps.RUB.points RANGE'],
    ],
    [
      'goods of no category',
      { code: 'x', type: 'PERCENT', rateBp: 1, match: { categories: [] } },
      ['earningRules.0.match.categories REQUIRED'],
    ],
    [
      'all but nothing',
      { code: 'x', type: 'PERCENT', rateBp: 1, match: { except: {} } },
      ['earningRules.0.match.except REQUIRED'],
    ],
    [
      'the code of a promotion',
      { code: 'promotion:x', type: 'PERCENT', rateBp: 1 },
      ['earningRules.0.code FORMAT'],
    ],
    [
      'a step in points per piece',
      { code: 'x', type: 'PER_ITEM', points: 1, steps: {} },
      ['earningRules.0.steps UNKNOWN'],
    ],
  ] as [string, Record<string, unknown>, string[]][])('a rule of %s', (_, rule, problems) =>
    expect(problemsOf({ ...presetSettings, earningRules: [rule] })).toEqual(problems),
  );

  it.each([0, -1, 1_000_001, 1.5])('refuses a multiplier of %d', (factorBp) =>
    expect(problemsOf({ ...presetSettings, multipliers: [{ code: 'm', factorBp, match: {} }] })).toHaveLength(
      1,
    ),
  );

  const action = {
    code: 'a',
    name: 'A',
    on: 'REVIEW_APPROVED',
    points: 50,
    once: 'NO',
    freezeDays: 0,
    ttlDays: null,
  };
  it.each([
    ['as it is', {}, []],
    ['twice a day', { atMost: [{ times: 2, window: { kind: 'DAY' } }] }, []],
    ['never', { atMost: [{ times: 0, window: { kind: 'DAY' } }] }, ['actions.0.atMost.0.times RANGE']],
    ['a birthday without days', { on: 'BIRTHDAY' }, ['actions.0.birthday REQUIRED']],
    ['a birthday', { on: 'BIRTHDAY', birthday: { daysBefore: 7, daysAfter: 7 } }, []],
    [
      'birthday days of a review',
      { birthday: { daysBefore: 7, daysAfter: 7 } },
      ['actions.0.birthday UNKNOWN'],
    ],
    ['an event of no kind', { on: 'EVENT' }, ['actions.0.event REQUIRED']],
    ['an event', { on: 'EVENT', event: 'wishlist', where: { status: ['done'] } }, []],
    ['once for no property', { once: 'PROPERTY' }, ['actions.0.property REQUIRED']],
    ['a property that does not count', { property: 'network' }, ['actions.0.property UNKNOWN']],
    ['once for each network', { once: 'PROPERTY', property: 'network' }, []],
    ['a side of a review', { to: 'FRIEND' }, ['actions.0.to UNKNOWN']],
    ['a friend', { on: 'REFERRAL', to: 'FRIEND' }, []],
    ['no points', { points: 0 }, ['actions.0.points RANGE']],
    ['too many points', { points: 1_000_000_001 }, ['actions.0.points RANGE']],
    ['the code of a rule', { code: 'purchase' }, ['actions.0.code DUPLICATE']],
    ['nobody', { match: { tiers: [] } }, ['actions.0.match.tiers REQUIRED']],
  ] as [string, Record<string, unknown>, string[]][])('an action: %s', (_, changes, problems) =>
    expect(problemsOf({ ...presetSettings, actions: [{ ...action, ...changes }] })).toEqual(problems),
  );

  const level = (code: string, RUB: number, fromPoints = 0) => ({
    code,
    name: code,
    from: { RUB },
    fromPoints,
  });
  it.each([
    ['each above the other', 'SPEND', [level('a', 0), level('b', 1), level('c', 2)], []],
    ['two alike', 'SPEND', [level('a', 1), level('b', 1)], ['tiers.levels.1.from.RUB RANGE']],
    [
      'upside down by points',
      'POINTS',
      [level('a', 1, 5), level('b', 2, 4)],
      ['tiers.levels.1.fromPoints RANGE'],
    ],
    ['spend alike, but points count', 'POINTS', [level('a', 1, 0), level('b', 1, 1)], []],
    ['one code twice', 'SPEND', [level('a', 1), level('a', 2)], ['tiers.levels.1.code DUPLICATE']],
    ['no amount', 'SPEND', [{ ...level('a', 1), from: {} }], ['tiers.levels.0.from REQUIRED']],
    ['below nothing', 'SPEND', [level('a', -1)], ['tiers.levels.0.from.RUB RANGE']],
    [
      'spending of its own',
      'SPEND',
      [{ ...level('a', 1), redemption: { capBp: 7_000, perReceiptMax: null } }],
      [],
    ],
    [
      'more than all',
      'SPEND',
      [{ ...level('a', 1), redemption: { capBp: 10_001 } }],
      ['tiers.levels.0.redemption.capBp RANGE'],
    ],
  ] as [string, string, unknown[], string[]][])('tiers: %s', (_, basis, levels, problems) =>
    expect(problemsOf({ ...presetSettings, tiers: { ...presetSettings.tiers, basis, levels } })).toEqual(
      problems,
    ),
  );

  it('knows the tiers that rules name, where there are any', () => {
    const multipliers = [{ code: 'm', factorBp: 20_000, match: { tiers: ['gold', 'iron'] } }];
    const tiers = { ...presetSettings.tiers, levels: [level('gold', 1)] };
    expect(problemsOf({ ...presetSettings, multipliers, tiers })).toEqual([
      'multipliers.0.match.tiers.1 UNKNOWN',
    ]);
    expect(problemsOf({ ...presetSettings, multipliers })).toEqual([]);
  });

  it.each([
    ['a week', { window: 'WEEK' }, []],
    ['thirty days', { window: 'ROLLING', days: 30 }, []],
    ['no days', { window: 'ROLLING' }, ['earningLimits.0.days REQUIRED']],
    ['days of a month', { window: 'MONTH', days: 30 }, ['earningLimits.0.days UNKNOWN']],
    ['an action', { scope: 'RULE', rule: 'a', window: 'YEAR' }, []],
    ['below nothing', { max: -1 }, ['earningLimits.0.max RANGE']],
  ] as [string, Record<string, unknown>, string[]][])('a limit of %s', (_, changes, problems) => {
    const limit = { code: 'l', scope: 'PROGRAM', window: 'DAY', max: 1, ...changes };
    expect(problemsOf({ ...presetSettings, actions: [action], earningLimits: [limit] })).toEqual(problems);
  });

  it.each([
    ['a minimum above the maximum', { minRedeem: 11, perReceiptMax: 10 }, ['redemption.minRedeem RANGE']],
    [
      'a code above nothing',
      { code: { need: 'ABOVE', above: {}, neverAtStoreIds: [] } },
      ['redemption.code.above REQUIRED'],
    ],
    ['a code above 100.00', { code: { need: 'ABOVE', above: { RUB: 10_000 }, neverAtStoreIds: ['s'] } }, []],
    ['negative points', { minRedeem: -1 }, ['redemption.minRedeem RANGE']],
  ] as [string, Record<string, unknown>, string[]][])('spending with %s', (_, changes, problems) => {
    const redemption = { ...presetSettings.redemption, ...changes };
    expect(problemsOf({ ...presetSettings, redemption })).toEqual(problems);
  });

  it('refuses two rules of one code', () => {
    const rule = { code: 'x', type: 'PERCENT', rateBp: 1 };
    expect(problemsOf({ ...presetSettings, earningRules: [rule, rule] })).toEqual([
      'earningRules.1.code DUPLICATE',
    ]);
  });

  it.each([
    ['no rule', { scope: 'RULE' }, ['earningLimits.0.rule REQUIRED']],
    ['an unknown rule', { scope: 'RULE', rule: 'gone' }, ['earningLimits.0.rule UNKNOWN']],
    ['a rule it does not need', { scope: 'SHOPPER', rule: 'purchase' }, ['earningLimits.0.rule UNKNOWN']],
    ['a rule of ours', { scope: 'RULE', rule: 'purchase' }, []],
  ])('a limit that names %s', (_, facts, problems) => {
    const limit = { code: 'l', window: 'DAY', max: 1, ...facts };
    expect(problemsOf({ ...presetSettings, earningLimits: [limit] })).toEqual(problems);
  });
});
