import { graphql, type ResultOf } from '../../app/graphql.ts';
import { refusalFacts } from '../../app/refusal-facts.ts';
import { taskFacts } from '../../tasks/operations.ts';

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
        ...RefusalFacts
      }
    }
  `,
  [scheduleFacts, refusalFacts],
);

export const deleteExchangeSchedule = graphql(
  `
    mutation DeleteExchangeSchedule($id: ID!, $version: Int!) {
      deleteExchangeSchedule(id: $id, version: $version) {
        __typename
        ... on ExchangeScheduleDeleted {
          id
        }
        ...RefusalFacts
      }
    }
  `,
  [refusalFacts],
);

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
        ...RefusalFacts
      }
    }
  `,
  [taskFacts, refusalFacts],
);
