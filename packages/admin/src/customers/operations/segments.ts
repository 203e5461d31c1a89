import { graphql, type ResultOf } from '../../app/graphql.ts';
import { refusalFacts } from '../../app/refusal-facts.ts';
import { explanationFacts } from '../../segments/operations/explanation-facts.ts';

export const customerSegments = graphql(`
  query CustomerSegments($id: ID!) {
    node(id: $id) {
      ... on Profile {
        id
        segments {
          id
          name
          description
          state
        }
      }
    }
  }
`);
type Found = NonNullable<ResultOf<typeof customerSegments>['node']>;
export type CustomerSegment = Extract<Found, { segments: unknown }>['segments'][number];

export const whyInSegment = graphql(
  `
    query WhyInSegment($segmentId: ID!, $profileId: ID!) {
      segment(id: $segmentId) {
        id
        condition
      }
      segmentExplanation(segmentId: $segmentId, profileId: $profileId) {
        __typename
        ...ExplanationFacts
        ...RefusalFacts
      }
    }
  `,
  [explanationFacts, refusalFacts],
);

export const customerInterests = graphql(`
  query CustomerInterests($id: ID!) {
    node(id: $id) {
      ... on Profile {
        id
        interests {
          categories {
            name
            share
            pieces
          }
          brands {
            name
            share
            pieces
          }
          attributes {
            attribute
            values {
              name
              share
              pieces
            }
          }
        }
      }
    }
  }
`);
type Person = NonNullable<ResultOf<typeof customerInterests>['node']>;
export type Interests = NonNullable<Extract<Person, { interests: unknown }>['interests']>;
