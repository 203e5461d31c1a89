import { graphql, type ResultOf } from '../../app/graphql.ts';
import { refusalFacts } from '../../app/refusal-facts.ts';

export const promotions = graphql(`
  query Promotions($filter: PromotionFilter, $since: DateTime, $first: Int, $after: String) {
    promotions(filter: $filter, first: $first, after: $after) {
      edges {
        node {
          id
          name
          title
          state
          phase
          version
          rules
          startsAt
          endsAt
          groupId
          brand {
            id
            name
          }
          results(from: $since) {
            uses
            buyers
            points
            money {
              currency
              discount
              revenue
            }
            byDay {
              day
              uses
            }
          }
        }
      }
      pageInfo {
        endCursor
        hasNextPage
      }
    }
    promotionCounts(filter: $filter) {
      phase
      count
    }
  }
`);
export type PromotionRow = ResultOf<typeof promotions>['promotions']['edges'][number]['node'];
export type PromotionPhase = PromotionRow['phase'];

export const promotionById = graphql(`
  query Promotion($id: ID!, $since: DateTime) {
    promotion(id: $id) {
      id
      name
      title
      state
      phase
      version
      revision
      rules
      groupId
      startsAt
      endsAt
      brand {
        id
        name
      }
      warnings {
        path
        kind
        value
      }
      results(from: $since) {
        uses
        buyers
        points
        money {
          currency
          discount
          revenue
        }
        byDay {
          day
          uses
        }
      }
      left {
        times
        budget {
          currency
          amount
          left
        }
      }
    }
  }
`);
export type PromotionDetails = NonNullable<ResultOf<typeof promotionById>['promotion']>;

export const createPromotion = graphql(
  `
    mutation CreatePromotion($input: CreatePromotionInput!) {
      createPromotion(input: $input) {
        __typename
        ... on PromotionSaved {
          promotion {
            id
          }
        }
        ...RefusalFacts
      }
    }
  `,
  [refusalFacts],
);

export const changePromotion = graphql(
  `
    mutation ChangePromotion($input: ChangePromotionInput!) {
      changePromotion(input: $input) {
        __typename
        ... on PromotionSaved {
          promotion {
            id
            version
            revision
          }
        }
        ... on PromotionStateRefused {
          state
        }
        ...RefusalFacts
      }
    }
  `,
  [refusalFacts],
);

export const setPromotionState = graphql(
  `
    mutation SetPromotionState($id: ID!, $version: Int!, $state: PromotionState!) {
      setPromotionState(id: $id, version: $version, state: $state) {
        __typename
        ... on PromotionSaved {
          promotion {
            id
            state
            phase
            version
          }
        }
        ... on PromotionStateRefused {
          state
        }
        ...RefusalFacts
      }
    }
  `,
  [refusalFacts],
);

export const copyPromotion = graphql(
  `
    mutation CopyPromotion($id: ID!, $name: String!) {
      copyPromotion(id: $id, name: $name) {
        __typename
        ... on PromotionSaved {
          promotion {
            id
          }
        }
        ...RefusalFacts
      }
    }
  `,
  [refusalFacts],
);

export const deletePromotion = graphql(
  `
    mutation DeletePromotion($id: ID!, $version: Int!) {
      deletePromotion(id: $id, version: $version) {
        __typename
        ... on PromotionStateRefused {
          state
        }
        ...RefusalFacts
      }
    }
  `,
  [refusalFacts],
);

export const promotionRevisions = graphql(`
  query PromotionRevisions($promotionId: ID!) {
    promotionRevisions(promotionId: $promotionId) {
      number
      title
      rules
      authorName
      createdAt
      changes {
        path
        before
        after
      }
    }
  }
`);
export type PromotionRevision = ResultOf<typeof promotionRevisions>['promotionRevisions'][number];

export const restoreRevision = graphql(
  `
    mutation RestorePromotionRevision($id: ID!, $version: Int!, $revision: Int!) {
      restorePromotionRevision(id: $id, version: $version, revision: $revision) {
        __typename
        ... on PromotionSaved {
          promotion {
            id
            version
          }
        }
        ... on PromotionStateRefused {
          state
        }
        ...RefusalFacts
      }
    }
  `,
  [refusalFacts],
);

export const estimatePromotion = graphql(
  `
    query EstimatePromotion($input: EstimatePromotionInput!) {
      estimatePromotion(input: $input) {
        __typename
        ... on PromotionEstimate {
          days
          orders
          sampled
          touched
          points
          money {
            currency
            revenue
            touchedRevenue
            discount
            budgetDays
          }
          assumptions
        }
        ...RefusalFacts
      }
    }
  `,
  [refusalFacts],
);
export type Estimate = Extract<
  ResultOf<typeof estimatePromotion>['estimatePromotion'],
  { __typename: 'PromotionEstimate' }
>;

/** What rules name by id or code. */
export const ruleNames = graphql(`
  query RuleNames($brandId: ID, $first: Int) {
    promotionGroups(brandId: $brandId) {
      id
      name
      stacking
      isDefault
    }
    promoCodePools(brandId: $brandId, first: $first) {
      edges {
        node {
          id
          name
          archivedAt
          promotion {
            id
          }
        }
      }
    }
    programs {
      id
      brand {
        id
      }
      settings
    }
  }
`);
