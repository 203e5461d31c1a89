import { graphql, type ResultOf } from '../app/graphql.ts';
import { taskFacts } from '../tasks/operations.ts';

const sourceFacts = graphql(`
  fragment SourceFacts on ExchangeSource {
    source
    kind
    name
    expectedEveryMinutes
    firstAt
    lastAttemptAt
    lastSuccessAt
    lastFailureAt
    lastFailure
    freshness
    total {
      accepted
      unchanged
      refused
    }
    lastDay {
      accepted
      unchanged
      refused
    }
    hours {
      hour
      counts {
        accepted
        unchanged
        refused
      }
    }
    openRejected
    version
  }
`);

export type Source = ResultOf<typeof sourceFacts>;
export type IntakeKind = Source['kind'];

export const exchangeSources = graphql(
  `
    query ExchangeSources {
      exchangeSources {
        ...SourceFacts
      }
    }
  `,
  [sourceFacts],
);

export const exchangeSource = graphql(
  `
    query ExchangeSourceByKey($source: String!, $kind: IntakeKind!) {
      exchangeSource(source: $source, kind: $kind) {
        ...SourceFacts
      }
    }
  `,
  [sourceFacts],
);

export const editExchangeSource = graphql(
  `
    mutation EditExchangeSource($input: EditExchangeSourceInput!) {
      editExchangeSource(input: $input) {
        __typename
        ... on ExchangeSourceEdited {
          source {
            ...SourceFacts
          }
        }
        ... on VersionConflict {
          code
          version
          changedBy
          changedAt
        }
        ... on InvalidInput {
          code
          problems {
            path
            code
            message
          }
        }
      }
    }
  `,
  [sourceFacts],
);

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
        ... on VersionConflict {
          code
          version
          changedBy
          changedAt
        }
        ... on InvalidInput {
          code
          problems {
            path
            code
            message
          }
        }
      }
    }
  `,
  [rejectedFacts],
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
        ... on InvalidInput {
          code
          problems {
            path
            code
            message
          }
        }
      }
    }
  `,
  [rejectedFacts],
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

const scheduleFacts = graphql(`
  fragment ScheduleFacts on ExchangeSchedule {
    id
    name
    source
    kind
    place
    location
    pattern
    presetId
    everyMinutes
    cron
    windowFrom
    windowTo
    timeZone
    enabled
    nextAt
    lastLookAt
    lastSuccessAt
    failures
    failureCode
    failureText
    version
  }
`);

export type Schedule = ResultOf<typeof scheduleFacts>;

export const exchangeSchedules = graphql(
  `
    query ExchangeSchedules {
      exchangeSchedules {
        ...ScheduleFacts
      }
    }
  `,
  [scheduleFacts],
);

export const exchangeSchedule = graphql(
  `
    query ExchangeScheduleById($id: ID!) {
      exchangeSchedule(id: $id) {
        ...ScheduleFacts
        files {
          name
          takenAt
          failureCode
          accepted
          unchanged
          refused
        }
        lastTask {
          id
        }
      }
    }
  `,
  [scheduleFacts],
);

export const presetsForSchedules = graphql(`
  query PresetsForSchedules {
    importPresets {
      id
      kind
      name
    }
  }
`);

export const saveExchangeSchedule = graphql(
  `
    mutation SaveExchangeSchedule($input: SaveExchangeScheduleInput!) {
      saveExchangeSchedule(input: $input) {
        __typename
        ... on ExchangeScheduleSaved {
          schedule {
            ...ScheduleFacts
          }
        }
        ... on VersionConflict {
          code
          version
          changedBy
          changedAt
        }
        ... on InvalidInput {
          code
          problems {
            path
            code
            message
          }
        }
      }
    }
  `,
  [scheduleFacts],
);

export const deleteExchangeSchedule = graphql(`
  mutation DeleteExchangeSchedule($id: ID!, $version: Int!) {
    deleteExchangeSchedule(id: $id, version: $version) {
      __typename
      ... on ExchangeScheduleDeleted {
        id
      }
      ... on VersionConflict {
        code
        version
        changedBy
        changedAt
      }
      ... on InvalidInput {
        code
        problems {
          path
          code
          message
        }
      }
    }
  }
`);

export const runExchangeSchedule = graphql(
  `
    mutation RunExchangeSchedule($id: ID!) {
      runExchangeSchedule(id: $id) {
        __typename
        ... on ExchangeLookStarted {
          task {
            ...TaskFacts
          }
        }
        ... on InvalidInput {
          code
          problems {
            path
            code
            message
          }
        }
      }
    }
  `,
  [taskFacts],
);

export const hygieneReport = graphql(`
  query HygieneReport {
    hygieneReport {
      at
      people
      facts {
        code
        count
      }
      duplicates {
        pairs
        people
      }
      sources {
        source
        people
        facts {
          code
          count
        }
      }
      refused {
        source
        records
        invalidPhones
        invalidEmails
      }
    }
  }
`);

export const startHygieneReport = graphql(
  `
    mutation StartHygieneReport {
      startHygieneReport {
        ...TaskFacts
      }
    }
  `,
  [taskFacts],
);
