import { sql } from 'kysely';
import { allOf, FALSE, type Fragment, type LeafKind } from '../../segments/index.ts';
import { rfmScore } from './rfm-feature.ts';

const MEASURES = ['recency', 'frequency', 'monetary'] as const;

/** Scores of a model; whoever did not buy in its window has none. */
export const rfm: LeafKind<'RFM'> = {
  code: 'RFM',
  question: ({ model, ...among }, surroundings) => {
    const scale = surroundings.models.rfm.get(model);
    if (scale === undefined) return { features: [], sql: () => FALSE, holds: () => false };
    const asked = MEASURES.map((measure) => ({ measure, among: among[measure] }));
    const named = asked.filter(({ among: scores }) => scores.length > 0);
    // Whoever names no score asks for any: the one that is counted with the least.
    const wanted = named.length > 0 ? named : asked.slice(0, 1);
    return {
      features: wanted.map(({ measure }) => rfmScore(measure, scale, surroundings)),
      sql: (scores) => allOf(wanted.map((want, index) => isAmong(scores[index], want.among))),
      holds: (scores) =>
        wanted.every(({ among: few }, index) => {
          const score = scores[index];
          return typeof score === 'number' && (few.length === 0 || few.includes(score));
        }),
    };
  },
  missing: async (_ctx, { model }, { models }) =>
    models.rfm.has(model) ? [] : [{ kind: 'MODEL', value: model }],
};

function isAmong(score: Fragment | undefined, among: readonly number[]): Fragment {
  return among.length === 0
    ? sql`(${score} is not null)`
    : sql`coalesce(${score} = any(${[...among]}::int[]), false)`;
}
