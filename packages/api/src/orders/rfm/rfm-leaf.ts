import { sql } from 'kysely';
import { allOf, FALSE, TRUE, type Fragment, type LeafKind } from '../../segments/index.ts';
import { rfmScore } from './rfm-feature.ts';

/** Scores of a model; whoever did not buy in its window has none. */
export const rfm: LeafKind<'RFM'> = {
  code: 'RFM',
  question: ({ model, recency, frequency, monetary }, surroundings) => {
    const scale = surroundings.models.rfm.get(model);
    if (scale === undefined) return { features: [], sql: () => FALSE, holds: () => false };
    const wanted = [
      { digit: 100, among: recency },
      { digit: 10, among: frequency },
      { digit: 1, among: monetary },
    ];
    return {
      features: [rfmScore(scale, surroundings)],
      sql: ([score]) =>
        sql`(${score} is not null and ${allOf(wanted.map(({ digit, among }) => isAmong(score, digit, among)))})`,
      holds: ([score]) =>
        typeof score === 'number' &&
        wanted.every(({ digit, among }) => among.length === 0 || among.includes(digitOf(score, digit))),
    };
  },
  missing: async (_ctx, { model }, { models }) =>
    models.rfm.has(model) ? [] : [{ kind: 'MODEL', value: model }],
};

function isAmong(score: Fragment | undefined, digit: number, among: readonly number[]): Fragment {
  return among.length === 0 ? TRUE : sql`${score} / ${digit}::int % 10 = any(${[...among]}::int[])`;
}

function digitOf(score: number, digit: number): number {
  return Math.trunc(score / digit) % 10;
}
