import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical, isGroup } from '../../segments/index.ts';
import type { Condition, Leaf } from '../../segments/index.ts';
import { aRandomCondition } from '../../segments/testing-conditions.ts';
import { conditionDifference, conditionText } from '../index.ts';
import { en, names, ru } from '../testing-names.ts';

const vip: Leaf = { leaf: 'TAG', tags: ['vip'] };
const silent: Leaf = { leaf: 'DO_NOT_DISTURB' };
const consent: Leaf = { leaf: 'CONSENT', purpose: 'ADVERTISING', channel: 'SMS', state: 'GRANTED' };
const bought = (days: number, least: number): Leaf => ({
  leaf: 'PURCHASES',
  measure: 'COUNT',
  moments: { kind: 'ROLLING', days },
  range: { least },
});

function all(...of: readonly Condition[]): Condition {
  return { group: 'ALL', of };
}

function any(...of: readonly Condition[]): Condition {
  return { group: 'ANY', of };
}

function difference(before: Condition, after: Condition, speech = ru): string[] {
  return conditionDifference(before, after, names, speech).map(
    ({ kind, within, before: was, after: is }) =>
      `${kind} [${within.join(' > ')}] ${was ?? '-'} → ${is ?? '-'}`,
  );
}

describe('difference of two conditions', () => {
  it('tells what came, went and is another', () => {
    expect(difference(all(vip, bought(90, 1)), all(bought(90, 2), consent))).toEqual([
      'CHANGED [все условия] Купили хотя бы раз за последние 90 дней → Купили 2 раза и больше за последние 90 дней',
      'REMOVED [все условия] Метка «vip» → -',
      'ADDED [все условия] - → Есть согласие на рекламу по SMS',
    ]);
    expect(difference(all(vip), all(vip, consent), en)).toEqual([
      'ADDED [all of the conditions] - → Consent to advertising by SMS',
    ]);
  });

  it('finds the question that is most alike', () => {
    const before = all(bought(30, 1), bought(90, 2));
    expect(difference(before, all(bought(90, 3), bought(30, 1)))).toEqual([
      'CHANGED [все условия] Купили 2 раза и больше за последние 90 дней → Купили 3 раза и больше за последние 90 дней',
    ]);
  });

  it('looks into groups', () => {
    expect(difference(all(vip, any(silent, consent)), all(vip, any(silent)))).toEqual([
      'REMOVED [все условия > любое из условий] Есть согласие на рекламу по SMS → -',
    ]);
    expect(
      difference(all(vip, any(silent, consent)), all(vip, { group: 'NONE', of: [silent, consent] })),
    ).toEqual(['CHANGED [все условия] любое из условий → ни одно из условий']);
    expect(difference(all(vip, any(bought(30, 1))), all(vip, any(bought(30, 2))))).toEqual([
      'CHANGED [все условия > любое из условий] Купили хотя бы раз за последние 30 дней → Купили 2 раза и больше за последние 30 дней',
    ]);
    expect(
      difference(
        { group: 'AT_LEAST', k: 1, of: [vip, silent, consent] },
        { group: 'AT_LEAST', k: 2, of: [vip, silent, consent] },
      ),
    ).toEqual(['CHANGED [] хотя бы 1 из 3 условий → хотя бы 2 из 3 условий']);
  });

  it('tells a group that came as a whole', () =>
    expect(difference(vip, all(vip, any(silent, all(consent, bought(30, 1)))))).toEqual([
      'ADDED [все условия] - → любое из условий: Просили не беспокоить; (все условия: Есть согласие на рекламу по SMS; Купили хотя бы раз за последние 30 дней)',
    ]));

  it('tells a question once that moved into another group', () =>
    expect(difference(all(vip, silent, any(consent)), all(vip, any(consent, silent)))).toEqual([
      'MOVED [все условия > любое из условий] Просили не беспокоить → Просили не беспокоить',
    ]));

  it('is seen where the words are the same', () => {
    const tags = Array.from({ length: 100 }, (_, index) => String(index));
    expect(difference({ leaf: 'TAG', tags }, { leaf: 'TAG', tags: tags.with(99, 'x') })).toEqual([
      'CHANGED [все условия] Метка «0», «1», «2», «3», «4» и ещё 95 → Метка «0», «1», «2», «3», «4» и ещё 95 (другие значения)',
    ]);
  });

  it('compares two conditions of 500 changed questions', () => {
    const many = (least: number) =>
      all(...Array.from({ length: 499 }, (_, index) => bought(index + 1, least)));
    const changes = conditionDifference(many(1), many(2), names, ru);
    expect(changes.map(({ kind }) => kind)).toEqual(Array(499).fill('CHANGED'));
    expect(changes[20]?.after).toBe('Купили 2 раза и больше за последний 21 день');
  });

  it('is none where the same is asked', () => {
    expect(difference(vip, all(vip))).toEqual([]);
    expect(difference(any(vip, silent), any(silent, vip))).toEqual([]);
  });

  it('is empty only where the same is asked', () =>
    fc.assert(
      fc.property(aRandomCondition(), aRandomCondition(), (before, after) => {
        const told = (condition: Condition) => canonical(isGroup(condition) ? condition : all(condition));
        expect(conditionDifference(before, after, names, ru).length === 0).toBe(told(before) === told(after));
        expect(conditionDifference(before, before, names, ru)).toEqual([]);
      }),
    ));
});

it('a whole condition is told in one line', () =>
  expect(conditionText(all(vip, any(), { group: 'NONE', of: [silent] }), names, ru)).toBe(
    'все условия: Метка «vip»; никто; (ни одно из условий: Просили не беспокоить)',
  ));
