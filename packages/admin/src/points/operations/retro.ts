import { graphql, type ResultOf } from '../../app/graphql.ts';
import { refusalFacts } from '../../app/refusal-facts.ts';

const runFacts = graphql(`
  fragment RetroRunFacts on RetroRun {
    id
    state
    taskId
    from
    to
    sources
    stores {
      id
      name
    }
    capPerCustomer
    versionNumber
    freezeDays
    createdAt
    plannedBy
    executedBy
    executedAt
    finishedAt
    undoReason
    undoneAt
    program {
      id
      name
      timezone
    }
    counted {
      customers
      orders
      points
      cut
      capped
      blocked
      nothing
      worth {
        currency
        net
        gross
      }
    }
    result {
      customers
      orders
      points
      cut
      undone
    }
  }
`);

export type RetroRun = ResultOf<typeof runFacts>;

export const retroRuns = graphql(
  `
    query RetroRuns($first: Int, $after: String) {
      retroRuns(first: $first, after: $after) {
        edges {
          node {
            ...RetroRunFacts
          }
        }
        pageInfo {
          endCursor
          hasNextPage
        }
      }
    }
  `,
  [runFacts],
);

export const retroRun = graphql(
  `
    query RetroRun($id: ID!) {
      retroRun(id: $id) {
        ...RetroRunFacts
        counted {
          samples {
            orders
            points
            cut
            profile {
              id
              givenName
              familyName
              patronymic
            }
          }
        }
      }
    }
  `,
  [runFacts],
);

export type ShownRun = NonNullable<ResultOf<typeof retroRun>['retroRun']>;
export type RetroSample = NonNullable<ShownRun['counted']>['samples'][number];

/** Where purchases came from: sources of the exchange, for those who may see them. */
export const retroSources = graphql(`
  query RetroSources {
    exchangeSources {
      source
    }
  }
`);

const startedFacts = graphql(
  `
    fragment RetroStarted on RetroRunResult {
      ... on RetroRunStarted {
        taskId
        run {
          id
        }
      }
      ...RefusalFacts
    }
  `,
  [refusalFacts],
);

export const planRetroRun = graphql(
  `
    mutation PlanRetroRun($input: PlanRetroRunInput!) {
      planRetroRun(input: $input) {
        __typename
        ...RetroStarted
      }
    }
  `,
  [startedFacts],
);

export const executeRetroRun = graphql(
  `
    mutation ExecuteRetroRun($runId: ID!) {
      executeRetroRun(runId: $runId) {
        __typename
        ...RetroStarted
      }
    }
  `,
  [startedFacts],
);

export const undoRetroRun = graphql(
  `
    mutation UndoRetroRun($runId: ID!, $reason: String!) {
      undoRetroRun(runId: $runId, reason: $reason) {
        __typename
        ...RetroStarted
      }
    }
  `,
  [startedFacts],
);
