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
