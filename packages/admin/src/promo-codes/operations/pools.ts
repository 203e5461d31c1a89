import { graphql, type ResultOf } from '../../app/graphql.ts';
import { refusalFacts } from '../../app/refusal-facts.ts';
import { taskFacts } from '../../tasks/operations.ts';

export const poolFacts = graphql(`
  fragment PoolFacts on PromoCodePool {
    id
    name
    kind
    pattern
    alphabet
    timeZone
    validFrom
    validTo
    validDays
    usesTotal
    usesPerShopper
    freeOnReturn
    version
    archivedAt
    words
    promotion {
      id
      name
      title
      phase
    }
    counts {
      total
      free
      issued
      held
      used
      expired
      cancelled
    }
  }
`);

export const promoCodePools = graphql(
  `
    query PromoCodePools($search: String, $archived: Boolean!, $first: Int, $after: String) {
      promoCodePools(search: $search, archived: $archived, first: $first, after: $after) {
        edges {
          node {
            ...PoolFacts
            runningTasks {
              id
              done
              total
            }
          }
        }
        pageInfo {
          endCursor
          hasNextPage
        }
      }
    }
  `,
  [poolFacts],
);
export type PoolRow = ResultOf<typeof promoCodePools>['promoCodePools']['edges'][number]['node'];

export const promoCodePool = graphql(
  `
    query PromoCodePool($id: ID!) {
      promoCodePool(id: $id) {
        ...PoolFacts
        batches {
          id
          kind
          codes
          refused
          createdAt
          file {
            id
            name
            bytes
            url
          }
        }
        runningTasks {
          ...TaskFacts
        }
      }
    }
  `,
  [poolFacts, taskFacts],
);
export type Pool = NonNullable<ResultOf<typeof promoCodePool>['promoCodePool']>;
export type Batch = Pool['batches'][number];

export const promotionChoices = graphql(`
  query PromotionChoices($search: String) {
    promotions(filter: { search: $search }, first: 50) {
      edges {
        node {
          id
          name
          rules
        }
      }
    }
  }
`);

/** The promotion a new pool is made for. */
export const promotionChoice = graphql(`
  query PromotionChoice($id: ID!) {
    promotion(id: $id) {
      id
      name
    }
  }
`);

export const createPool = graphql(
  `
    mutation CreatePromoCodePool($input: CreatePromoCodePoolInput!) {
      createPromoCodePool(input: $input) {
        __typename
        ... on PromoCodePoolSaved {
          pool {
            id
          }
        }
        ...RefusalFacts
      }
    }
  `,
  [refusalFacts],
);

export const changePool = graphql(
  `
    mutation ChangePromoCodePool($input: ChangePromoCodePoolInput!) {
      changePromoCodePool(input: $input) {
        __typename
        ... on PromoCodePoolSaved {
          pool {
            ...PoolFacts
          }
        }
        ...RefusalFacts
      }
    }
  `,
  [poolFacts, refusalFacts],
);

export const archivePool = graphql(
  `
    mutation ArchivePromoCodePool($id: ID!, $version: Int!, $archived: Boolean!) {
      archivePromoCodePool(id: $id, version: $version, archived: $archived) {
        __typename
        ... on PromoCodePoolSaved {
          pool {
            ...PoolFacts
          }
        }
        ...RefusalFacts
      }
    }
  `,
  [poolFacts, refusalFacts],
);

export const generateCodes = graphql(
  `
    mutation GeneratePromoCodes($poolId: ID!, $count: Int!) {
      generatePromoCodes(poolId: $poolId, count: $count) {
        __typename
        ... on PromoCodeTaskStarted {
          taskId
        }
        ...RefusalFacts
      }
    }
  `,
  [refusalFacts],
);

export const importCodes = graphql(
  `
    mutation ImportPromoCodes($poolId: ID!, $uploadId: String!, $issued: Boolean!) {
      importPromoCodes(poolId: $poolId, uploadId: $uploadId, issued: $issued) {
        __typename
        ... on PromoCodeTaskStarted {
          taskId
        }
        ...RefusalFacts
      }
    }
  `,
  [refusalFacts],
);

export const exportCodes = graphql(
  `
    mutation ExportPromoCodes($poolId: ID!, $codes: ExportedPromoCodes!, $count: Int) {
      exportPromoCodes(poolId: $poolId, codes: $codes, count: $count) {
        __typename
        ... on PromoCodeTaskStarted {
          taskId
        }
        ...RefusalFacts
      }
    }
  `,
  [refusalFacts],
);
