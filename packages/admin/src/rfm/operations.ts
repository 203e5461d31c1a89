import { graphql, type ResultOf } from '../app/graphql.ts';
import { refusalFacts } from '../app/refusal-facts.ts';

const modelFields = graphql(`
  fragment RfmModelFields on RfmModel {
    id
    name
    window
    method
    currency
    version
    thresholds {
      recency
      frequency
      monetary
    }
    task {
      id
    }
  }
`);

export const rfmModels = graphql(
  `
    query RfmModels {
      rfmModels {
        ...RfmModelFields
        grid {
          computedAt
          window
          currency
          buyers
          bounds {
            recency
            frequency
            monetary
          }
          cells {
            r
            f
            m
            people
            sum
          }
        }
      }
    }
  `,
  [modelFields],
);
export type RfmModel = ResultOf<typeof rfmModels>['rfmModels'][number];
export type RfmGrid = NonNullable<RfmModel['grid']>;

export const rfmModel = graphql(
  `
    query RfmModel($id: ID!) {
      rfmModel(id: $id) {
        ...RfmModelFields
      }
    }
  `,
  [modelFields],
);

export const saveRfmModel = graphql(
  `
    mutation SaveRfmModel($input: SaveRfmModelInput!) {
      saveRfmModel(input: $input) {
        __typename
        ... on RfmModelSaved {
          model {
            id
          }
        }
        ...RefusalFacts
      }
    }
  `,
  [refusalFacts],
);

export const computeRfmModel = graphql(
  `
    mutation ComputeRfmModel($id: ID!) {
      computeRfmModel(id: $id) {
        __typename
        ... on RfmModelSaved {
          model {
            id
            task {
              id
            }
          }
        }
        ...RefusalFacts
      }
    }
  `,
  [refusalFacts],
);

export const deleteRfmModel = graphql(
  `
    mutation DeleteRfmModel($id: ID!, $version: Int!) {
      deleteRfmModel(id: $id, version: $version) {
        __typename
        ... on RfmModelDeleted {
          deleted
        }
        ... on RfmModelInUse {
          uses {
            id
            name
          }
        }
        ...RefusalFacts
      }
    }
  `,
  [refusalFacts],
);

const stagesFields = graphql(`
  fragment LifecycleFields on LifecycleStages {
    version
    countedAt
    counts {
      stage
      people
    }
    thresholds {
      prospectDays
      newcomerDays
      loyalOrders
      coolingDays
      sleepingDays
      lostDays
    }
  }
`);

export const lifecycleStages = graphql(
  `
    query LifecycleStages {
      lifecycleStages {
        ...LifecycleFields
      }
    }
  `,
  [stagesFields],
);
export type LifecycleStages = ResultOf<typeof lifecycleStages>['lifecycleStages'];

export const saveLifecycleStages = graphql(
  `
    mutation SaveLifecycleStages($input: SaveLifecycleStagesInput!) {
      saveLifecycleStages(input: $input) {
        __typename
        ... on LifecycleStagesSaved {
          taskId
          stages {
            ...LifecycleFields
          }
        }
        ...RefusalFacts
      }
    }
  `,
  [stagesFields, refusalFacts],
);

export const countLifecycleStages = graphql(`
  mutation CountLifecycleStages {
    countLifecycleStages {
      __typename
      taskId
    }
  }
`);
