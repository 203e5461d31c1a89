import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Group, Leaf, Moments } from '../segments/index.ts';
import { aRandomLeaf } from '../segments/testing-conditions.ts';
import { conditionSentence, emptyGroupSentence, groupHeading, happenedWithin, NO_NAMES } from './index.ts';
import { en, id, names, ru } from './testing-names.ts';

const leaf: Leaf = { leaf: 'DO_NOT_DISTURB' };

describe('any leaf', () => {
  it('is told in one line, beginning with a capital and without a full stop', () =>
    fc.assert(
      fc.property(aRandomLeaf(), fc.constantFrom(ru, en), (random, speech) => {
        const sentence = conditionSentence(random, names, speech);
        expect(sentence).toMatch(/^[«“A-ZА-Я(][^\n]*([^.\s]|г\.)$/u);
        expect(sentence).not.toMatch(/undefined|null|NaN| {2}| [,:]/);
      }),
    ));

  it('tells what has no name by its code, and an id as gone', () => {
    expect(conditionSentence({ leaf: 'TIER', tiers: ['gold'] }, NO_NAMES, ru)).toBe('Уровень: «gold»');
    expect(conditionSentence({ leaf: 'SEGMENT', segment: id }, NO_NAMES, ru)).toBe(
      'Входят в сегмент (нет такого)',
    );
    expect(conditionSentence({ leaf: 'SEGMENT', segment: id }, NO_NAMES, en)).toBe('In segment (not there)');
  });

  it('shows what is still to be filled in', () => {
    expect(conditionSentence({ leaf: 'SEGMENT', segment: '' }, names, ru)).toBe('Входят в сегмент …');
    expect(conditionSentence({ leaf: 'TAG', tags: [] }, names, ru)).toBe('Метка …');
    expect(
      conditionSentence(
        { leaf: 'INTEREST', goods: {}, leastShare: 2_000, pieces: 1, halfLifeDays: 180 },
        names,
        en,
      ),
    ).toBe('Interested in: …, 20% of purchases or more');
  });

  it('counts what a long list does not show', () => {
    const tags = Array.from({ length: 10_000 }, (_, index) => String(index));
    expect(conditionSentence({ leaf: 'TAG', tags }, names, ru)).toBe(
      'Метка «0», «1», «2», «3», «4» и ещё 9 995',
    );
    expect(conditionSentence({ leaf: 'TAG', tags: tags.slice(0, 6) }, names, en)).toBe(
      'Tagged “0”, “1”, “2”, “3”, “4” or “5”',
    );
  });
});

describe('moments', () => {
  it.each<[Moments, string, string]>([
    [{ kind: 'ALWAYS' }, '', ''],
    [{ kind: 'ROLLING', days: 1 }, 'за последние 24 часа', 'in the last 24 hours'],
    [{ kind: 'ROLLING', days: 21 }, 'за последний 21 день', 'in the last 21 days'],
    [{ kind: 'ROLLING', days: 1_000 }, 'за последние 1 000 дней', 'in the last 1,000 days'],
    [{ kind: 'ROLLING', endedDays: 1 }, 'больше 1 дня назад', 'more than 1 day ago'],
    [{ kind: 'ROLLING', days: 91, endedDays: 30 }, 'от 30 до 91 дня назад', '30 to 91 days ago'],
    [{ kind: 'CALENDAR', unit: 'DAY' }, 'сегодня', 'today'],
    [{ kind: 'CALENDAR', unit: 'WEEK', back: 1 }, 'на прошлой неделе', 'last week'],
    [{ kind: 'CALENDAR', unit: 'QUARTER', back: 0 }, 'в этом квартале', 'this quarter'],
    [
      { kind: 'CALENDAR', unit: 'YEAR', back: 5 },
      'в году, который был 5 лет назад',
      'in the year 5 years ago',
    ],
    [
      { kind: 'CALENDAR', unit: 'WEEK', back: 2 },
      'на неделе, которая была 2 недели назад',
      'in the week 2 weeks ago',
    ],
    [
      { kind: 'ABSOLUTE', from: '2026-01-01T00:00:00+03:00', to: '2026-02-01T00:00:00+03:00' },
      'с 1 января 2026 г. по 31 января 2026 г.',
      'from 1 January 2026 to 31 January 2026',
    ],
    [
      { kind: 'ABSOLUTE', from: '2026-01-01T00:00:00Z' },
      'с 1 января 2026 г. в 03:00',
      'from 1 January 2026 at 03:00',
    ],
    [
      { kind: 'ABSOLUTE', to: '2026-01-01T12:30:00+03:00' },
      'до 1 января 2026 г. в 12:30',
      'before 1 January 2026 at 12:30',
    ],
  ])('%j', (moments, russian, english) => {
    expect([happenedWithin(ru, moments), happenedWithin(en, moments)]).toEqual([russian, english]);
  });
});

describe('groups', () => {
  it.each<[Group, string, string]>([
    [{ group: 'ALL', of: [leaf] }, 'все условия', 'all of the conditions'],
    [{ group: 'ANY', of: [leaf] }, 'любое из условий', 'any of the conditions'],
    [{ group: 'NONE', of: [leaf] }, 'ни одно из условий', 'none of the conditions'],
    [
      { group: 'AT_LEAST', k: 2, of: [leaf, leaf, leaf] },
      'хотя бы 2 из 3 условий',
      'at least 2 of 3 conditions',
    ],
    [{ group: 'AT_LEAST', k: 1, of: [leaf] }, 'хотя бы 1 из 1 условия', 'at least 1 of 1 condition'],
  ])('%j', (group, russian, english) => {
    expect([groupHeading(group, ru), groupHeading(group, en)]).toEqual([russian, english]);
  });

  it('without parts are everybody or nobody', () => {
    expect(emptyGroupSentence({ group: 'ALL', of: [] }, ru)).toBe('все покупатели');
    expect(emptyGroupSentence({ group: 'NONE', of: [] }, en)).toBe('every shopper');
    expect(emptyGroupSentence({ group: 'ANY', of: [] }, ru)).toBe('никто');
    expect(emptyGroupSentence({ group: 'ANY', of: [leaf] }, ru)).toBeNull();
  });
});
