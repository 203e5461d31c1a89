import { graphql, type ResultOf } from '../../app/graphql.ts';
import { refusalFacts } from '../../app/refusal-facts.ts';

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
        ...RefusalFacts
      }
    }
  `,
  [sourceFacts, refusalFacts],
);
