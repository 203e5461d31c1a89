import { promotionRulesProblems } from '@clientele/shared/promotions';
import { expect, test } from 'vitest';
import { isPreset, PRESETS, presetRules } from './presets.ts';

/** What only the company knows: everything else of a preset is right as it is. */
const LEFT: Record<string, string[]> = {
  basketSum: ['conditions.0.atLeast', 'benefits.0.amount'],
  nextCode: ['benefits.0.poolId'],
  bestBirthday: ['audience'],
  winBack: ['audience'],
  gift: ['conditions.0.atLeast', 'benefits.0.goods'],
  text: ['say'],
  empty: ['benefits'],
};

test.each(PRESETS)('%s asks only for what the company must choose', (preset) => {
  const problems = promotionRulesProblems(presetRules(preset));
  expect(problems.map(({ path }) => path.join('.'))).toEqual(LEFT[preset] ?? []);
});

test('a preset is known by its name', () => {
  expect(isPreset('gift')).toBe(true);
  expect(isPreset('toString')).toBe(false);
});
