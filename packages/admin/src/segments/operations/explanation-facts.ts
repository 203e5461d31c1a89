import { graphql, type ResultOf } from '../../app/graphql.ts';

/** Whether somebody is in a segment, why, and until when: what the tree of reasons shows. */
export const explanationFacts = graphql(`
  fragment ExplanationFacts on SegmentExplanation {
    member
    at
    flipsAt
    nodes {
      path
      holds
      value
      flipsAt
    }
  }
`);
export type Explanation = ResultOf<typeof explanationFacts>;
