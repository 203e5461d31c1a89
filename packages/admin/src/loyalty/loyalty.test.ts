import { presetSettings } from '@clientele/shared/receipt';
import type { ProgramSettings } from '@clientele/shared/receipt';
import { describe, expect, it } from 'vitest';
import { amountText, decimalText, parseAmount, parseDecimal } from './amount-text.ts';
import { beginHistory, redone, undone, written } from '../ui/edit-history.ts';
import { tryExample } from './example-receipt.ts';
import { countdown, fieldsOfInstant, instantOfFields, tomorrowMorning } from './local-moment.ts';
import {
  ACTION_PRESETS,
  freshCode,
  newAction,
  newEarningRule,
  newLevel,
  ofType,
  withKey,
} from './new-rules.ts';
import { readableSettings } from './readable-settings.ts';

describe('numbers as they are typed', () => {
  it.each([
    ['1 990', 199_000],
    ['1990,5', 199_050],
    ['0.01', 1],
    ['1,234', Number.NaN],
    ['-5', Number.NaN],
    ['', Number.NaN],
    ['999999999999', Number.NaN],
  ])('%s', (text, minor) => {
    expect(parseAmount(text, 'RUB')).toBe(minor);
  });

  it('are shown again as they were', () => {
    expect([
      amountText(199_050, 'RUB', ','),
      amountText(199_000, 'RUB', ','),
      amountText(500, 'JPY', '.'),
    ]).toEqual(['1990,50', '1990', '500']);
    expect([decimalText(15_000, 4, ','), decimalText(350, 2, '.'), decimalText(Number.NaN, 2, '.')]).toEqual([
      '1,5',
      '3.5',
      '',
    ]);
    expect([parseDecimal('1,5', 4), parseDecimal('12', 0)]).toEqual([15_000, 12]);
  });
});

describe('steps of an edit', () => {
  it('what is typed at one place at once is one step', () => {
    let history = beginHistory('a');
    history = written(history, 'ab', { place: 'name', now: 0 });
    history = written(history, 'abc', { place: 'name', now: 100 });
    history = written(history, 'abcd', { place: 'other', now: 200 });
    history = written(history, 'abcde', { place: 'other', now: 9_000 });
    const steps = [history];
    for (let index = 0; index < 4; index += 1) steps.push(undone(steps.at(-1) ?? history));
    expect(steps.map(({ present }) => present)).toEqual(['abcde', 'abcd', 'abc', 'a', 'a']);
    expect(redone(redone(steps[3] ?? history)).present).toBe('abcd');
  });

  it('a new step forgets what was taken back', () => {
    const history = undone(written(beginHistory(1), 2, { place: '', now: 0 }));
    expect(written(history, 3, { place: '', now: 1 }).future).toEqual([]);
  });
});

describe('an example', () => {
  const example = { currency: 'RUB', amount: 199_000, tier: null, at: Date.parse('2026-11-22T09:00:00Z') };

  it('is what the server would earn and take: E1', () => {
    expect(tryExample(presetSettings, example)).toEqual({ earned: 57, payable: 995 });
    const percent: ProgramSettings = {
      ...presetSettings,
      earningRules: [{ code: 'p', type: 'PERCENT', rateBp: 300 }],
    };
    expect(tryExample(percent, example)?.earned).toBe(59);
  });

  it('multiplies: E13', () => {
    const gold = { code: 'gold', factorBp: 15_000, match: { tiers: ['gold'] } };
    const day = { code: 'day', factorBp: 20_000, match: {} };
    const settings: ProgramSettings = { ...presetSettings, multipliers: [gold, day] };
    expect(tryExample(settings, { ...example, tier: 'gold' })?.earned).toBe(142);
    expect(tryExample({ ...settings, multiplierMode: 'PRODUCT' }, { ...example, tier: 'gold' })?.earned).toBe(
      171,
    );
  });

  it('says nothing of rules that are not right yet', () => {
    expect(tryExample({ ...presetSettings, freezeDays: Number.NaN }, example)).toBeNull();
    expect(tryExample(presetSettings, { ...example, amount: Number.NaN })).toBeNull();
  });
});

describe('moments of a field', () => {
  it('are those of the zone', () => {
    expect(instantOfFields('2026-12-01', '09:00', 'Europe/Moscow')).toBe('2026-12-01T06:00:00.000Z');
    expect(instantOfFields('', '09:00', 'Europe/Moscow')).toBeNull();
    expect(fieldsOfInstant('2026-12-01T06:00:00Z', 'Asia/Almaty')).toEqual({
      date: '2026-12-01',
      time: '11:00',
    });
    expect(tomorrowMorning(Date.parse('2026-11-30T22:00:00Z'), 'Europe/Moscow').date).toBe('2026-12-02');
  });

  it('are counted down to', () => {
    const until = '2026-12-03T06:00:10Z';
    expect(countdown(until, Date.parse('2026-12-01T05:59:00Z'))).toEqual({
      days: 2,
      hours: 0,
      minutes: 1,
      seconds: 10,
    });
    expect(countdown(until, Date.parse(until))).toBeNull();
  });
});

describe('new rules', () => {
  it('have codes of their own and are right from the start', () => {
    expect(freshCode('rule', [{ code: 'rule' }, { code: 'rule-2' }])).toBe('rule-3');
    const rule = newEarningRule('PER_VISIT', presetSettings);
    expect(rule).toMatchObject({ code: 'rule', points: 50, atLeast: { RUB: 100_000 } });
    expect(ofType({ ...rule, name: 'Визит', exclusive: true }, 'PERCENT', presetSettings)).toEqual({
      code: 'rule',
      type: 'PERCENT',
      rateBp: 300,
      name: 'Визит',
      exclusive: true,
    });
  });

  it('a birthday is 500 for a fortnight', () => {
    const preset = ACTION_PRESETS.find(({ on }) => on === 'BIRTHDAY');
    expect(preset && newAction(preset, 'С днём рождения', presetSettings)).toMatchObject({
      code: 'birthday',
      name: 'С днём рождения',
      points: 500,
      birthday: { daysBefore: 7, daysAfter: 7 },
    });
  });

  it('a level asks twice as much as the one before', () => {
    const silver = { code: 'tier', name: 'Серебро', from: { RUB: 1_000_000 }, fromPoints: 500 };
    const tiers = { ...presetSettings.tiers, levels: [silver] };
    expect(newLevel({ tiers }, ['RUB'])).toEqual({
      code: 'tier-2',
      name: '',
      from: { RUB: 2_000_000 },
      fromPoints: 1_000,
    });
  });

  it('a key that is taken away is gone', () => {
    expect(withKey({ code: 'a', name: 'b' } as { code: string; name?: string }, 'name', undefined)).toEqual({
      code: 'a',
    });
  });
});

describe('settings of a draft', () => {
  it('that are right come back as they are', () => {
    const settings: ProgramSettings = {
      ...presetSettings,
      expiredRestorePolicy: { kind: 'ORIGINAL' },
      pointValueMinor: { RUB: 100 },
      earningExclusions: { brands: ['Nord'] },
    };
    expect(readableSettings(settings)).toEqual(settings);
    expect(readableSettings(presetSettings)).toEqual(presetSettings);
  });

  it('that are not can be shown', () => {
    const settings = readableSettings({
      freezeDays: -1,
      earningRules: [5, { code: 'a' }],
      redemption: { capBp: 10, code: 7 },
    });
    expect(settings.freezeDays).toBe(-1);
    expect(settings.earningRules).toEqual([{ code: 'a' }]);
    expect(settings.redemption).toEqual({ ...presetSettings.redemption, capBp: 10 });
    expect(readableSettings(null)).toEqual(presetSettings);
  });
});
