import { expect, test } from 'vitest';
import { emptyRules } from './rules-form.ts';
import { sentenceDifference } from './sentence-difference.ts';
import type { RuleSpeech } from './terms-sentence.ts';

const ru: RuleSpeech = { language: 'ru', currencies: ['RUB'] };

test('an edit is told by the sentences that went and came', () => {
  const rules = { ...emptyRules(), benefits: [{ kind: 'PERCENT', rateBp: 1_000 } as const] };
  const before = { title: 'Скидка', rules };
  const after = {
    title: 'Скидка',
    rules: {
      ...rules,
      benefits: [{ kind: 'PERCENT', rateBp: 1_500 } as const],
      when: { ...rules.when, weekdays: [6, 7] },
      allowsPoints: false,
    },
  };
  expect(sentenceDifference(ru, before, after)).toEqual({
    gone: ['Скидка 10 % на покупку', 'Всегда', 'Можно оплачивать баллами'],
    come: ['Скидка 15 % на покупку', 'По выходным', 'Баллами не оплачивается'],
  });
  expect(sentenceDifference(ru, after, after)).toEqual({ gone: [], come: [] });
});
