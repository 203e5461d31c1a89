import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decideValue, type EnrichmentRule, type ToldValue } from './enrichment.ts';

const SOURCES = ['1c', 'site', 'till:1', 'crm'];

const told = (value: string | null, source: string, day: number): ToldValue<string> => ({
  value,
  source,
  at: new Date(Date.UTC(2026, 0, day)).toISOString(),
});

const rules = fc.oneof(
  fc.constant<EnrichmentRule>({ kind: 'NEWEST' }),
  fc.constant<EnrichmentRule>({ kind: 'FIRST' }),
  fc.shuffledSubarray(SOURCES).map((sources): EnrichmentRule => ({ kind: 'SOURCE_PRIORITY', sources })),
);

/** Values of different moments, in the order they are told. */
const tellings = fc
  .uniqueArray(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 8 })
  .chain((days) =>
    fc.tuple(
      ...days.map((day) =>
        fc.tuple(fc.string(), fc.constantFrom(...SOURCES)).map(([value, source]) => told(value, source, day)),
      ),
    ),
  );

function tell(rule: EnrichmentRule, values: readonly ToldValue<string>[]): ToldValue<string> | null {
  return values.reduce<ToldValue<string> | null>((known, value) => decideValue(rule, known, value), null);
}

describe('decideValue', () => {
  test('the order of telling does not matter', () => {
    fc.assert(
      fc.property(
        rules,
        tellings.chain((values) =>
          fc.tuple(fc.constant(values), fc.shuffledSubarray(values, { minLength: values.length })),
        ),
        (rule, [values, shuffled]) => {
          expect(tell(rule, shuffled)).toBe(tell(rule, values));
        },
      ),
    );
  });

  test('told again, nothing changes', () => {
    fc.assert(
      fc.property(rules, tellings, (rule, values) => {
        expect(tell(rule, [...values, ...values])).toBe(tell(rule, values));
      }),
    );
  });

  test('the winner is the newest, the first, or of the best source', () => {
    fc.assert(
      fc.property(rules, tellings, (rule, values) => {
        const winner = tell(rule, values);
        const byTime = values.toSorted((a, b) => (a.at < b.at ? -1 : 1));
        if (rule.kind === 'NEWEST') expect(winner).toBe(byTime.at(-1));
        else if (rule.kind === 'FIRST') expect(winner).toBe(byTime[0]);
        else {
          const best = [...rule.sources, ...SOURCES].find((name) =>
            values.some(({ source }) => source === name),
          );
          const listed = rule.sources.includes(best ?? '');
          const among = byTime.filter(({ source }) =>
            listed ? source === best : !rule.sources.includes(source),
          );
          expect(winner).toBe(among.at(-1));
        }
      }),
    );
  });

  const PRIORITY: EnrichmentRule = { kind: 'SOURCE_PRIORITY', sources: ['1c', 'site'] };

  test.each<[string, EnrichmentRule, ToldValue<string>, ToldValue<string>, 'current' | 'incoming']>([
    [
      'of one moment the later told',
      { kind: 'NEWEST' },
      told('A', 'site', 1),
      told('B', '1c', 1),
      'incoming',
    ],
    [
      'of one moment the earlier told',
      { kind: 'FIRST' },
      told('A', 'site', 1),
      told('B', '1c', 1),
      'current',
    ],
    ['a later nothing forgets', { kind: 'NEWEST' }, told('A', 'site', 1), told(null, '1c', 2), 'incoming'],
    ['an earlier nothing does not', { kind: 'NEWEST' }, told('A', 'site', 2), told(null, '1c', 1), 'current'],
    ['nothing is no first value', { kind: 'FIRST' }, told(null, 'site', 1), told('B', '1c', 2), 'incoming'],
    [
      'another source takes nothing away',
      { kind: 'FIRST' },
      told('A', 'site', 1),
      told(null, '1c', 2),
      'current',
    ],
    ['the giver takes back', PRIORITY, told('A', 'site', 1), told(null, 'site', 2), 'incoming'],
    ['a better source with nothing', PRIORITY, told('A', 'site', 1), told(null, '1c', 2), 'current'],
    ['a worse source, but later', PRIORITY, told('A', '1c', 1), told('B', 'site', 2), 'current'],
    ['a better source, but earlier', PRIORITY, told('A', 'site', 2), told('B', '1c', 1), 'incoming'],
    ['two sources nobody listed', PRIORITY, told('A', 'crm', 1), told('B', 'till:1', 2), 'incoming'],
  ])('%s', (_name, rule, current, incoming, wins) => {
    expect(decideValue(rule, current, incoming)).toBe(wins === 'current' ? current : incoming);
  });
});
