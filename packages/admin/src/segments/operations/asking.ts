import { graphql, type ResultOf } from '../../app/graphql.ts';
import { refusalFacts } from '../../app/refusal-facts.ts';
import { explanationFacts } from './explanation-facts.ts';

export const segmentPreview = graphql(
  `
    query SegmentPreview($condition: JSON!) {
      segmentPreview(condition: $condition, sample: 10) {
        __typename
        ... on SegmentPreview {
          count
          exact
          reach {
            channel
            people
          }
          sample {
            id
            givenName
            familyName
            phone
          }
          asOf
          milliseconds
        }
        ...RefusalFacts
        ... on SegmentTooHeavy {
          rows
          limit
        }
      }
    }
  `,
  [refusalFacts],
);
export type PreviewAnswer = Extract<
  ResultOf<typeof segmentPreview>['segmentPreview'],
  { __typename: 'SegmentPreview' }
>;
export type Reach = PreviewAnswer['reach'];

export const leafCount = graphql(`
  query LeafCount($condition: JSON!) {
    segmentPreview(condition: $condition, sample: 0) {
      __typename
      ... on SegmentPreview {
        count
        exact
      }
    }
  }
`);

export const memberNews = graphql(`
  subscription MemberNews($segmentId: ID!) {
    segmentTransition(segmentId: $segmentId) {
      entered
      profileId
      occurredAt
    }
  }
`);

export const segmentExplanation = graphql(
  `
    query SegmentExplanation($condition: JSON!, $profileId: ID!) {
      segmentExplanation(condition: $condition, profileId: $profileId) {
        __typename
        ...ExplanationFacts
        ...RefusalFacts
      }
    }
  `,
  [explanationFacts, refusalFacts],
);

export const segmentOverlap = graphql(`
  query SegmentOverlap($first: ID!, $second: ID!) {
    segmentOverlap(first: $first, second: $second) {
      first
      second
      both
      onlyFirst
      onlySecond
    }
  }
`);

export const conditionChoices = graphql(`
  query ConditionChoices {
    promoCodePools(first: 100) {
      edges {
        node {
          id
          name
        }
      }
    }
    programs {
      id
      name
      settings
    }
    attributeDefinitions {
      code
      nameRu
      nameEn
      type
      archivedAt
      choices {
        code
        nameRu
        nameEn
      }
    }
    eventDefinitions {
      code
      nameRu
      nameEn
      archivedAt
      properties {
        code
        type
      }
    }
    rfmModels {
      id
      name
    }
    consentTopics {
      code
      nameRu
      nameEn
      archivedAt
    }
  }
`);
