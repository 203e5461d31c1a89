import { graphql, type ResultOf } from '../../app/graphql.ts';
import { refusalFacts } from '../../app/refusal-facts.ts';
import { taskFacts } from '../../tasks/operations.ts';

const rejectedFacts = graphql(`
  fragment RejectedFacts on RejectedRecord {
    id
    source
    kind
    key
    status
    problems {
      path
      code
      message
    }
    state
    corrected
    content
    times
    receivedAt
    lastAt
    resolvedAt
    resolvedBy
    reason
    version
  }
`);

export type Rejected = ResultOf<typeof rejectedFacts>;

export const rejectedRecords = graphql(
  `
    query RejectedRecords(
      $source: String!
      $kind: IntakeKind!
      $states: [RejectedState!]
      $first: Int
      $after: String
    ) {
      rejectedRecords(source: $source, kind: $kind, states: $states, first: $first, after: $after) {
        edges {
          node {
            ...RejectedFacts
          }
        }
        pageInfo {
          endCursor
          hasNextPage
        }
      }
    }
  `,
  [rejectedFacts],
);

export const replayRejectedRecord = graphql(
  `
    mutation ReplayRejectedRecord($input: ReplayRejectedRecordInput!) {
      replayRejectedRecord(input: $input) {
        __typename
        ... on RecordReplayed {
          taken
          record {
            ...RejectedFacts
          }
        }
        ...RefusalFacts
      }
    }
  `,
  [rejectedFacts, refusalFacts],
);

export const dismissRejectedRecord = graphql(
  `
    mutation DismissRejectedRecord($input: DismissRejectedRecordInput!) {
      dismissRejectedRecord(input: $input) {
        __typename
        ... on RecordDismissed {
          record {
            ...RejectedFacts
          }
        }
        ...RefusalFacts
      }
    }
  `,
  [rejectedFacts, refusalFacts],
);

export const replayRejectedRecords = graphql(
  `
    mutation ReplayRejectedRecords($source: String!, $kind: IntakeKind!) {
      replayRejectedRecords(source: $source, kind: $kind) {
        ...TaskFacts
      }
    }
  `,
  [taskFacts],
);
