import { graphql, type ResultOf } from '../../app/graphql.ts';
import { refusalFacts } from '../../app/refusal-facts.ts';

export const promotionGroups = graphql(`
  query PromotionGroups($brandId: ID!) {
    promotionGroups(brandId: $brandId) {
      id
      name
      stacking
      isDefault
      version
      promotions {
        id
        name
        phase
        rules
        version
      }
    }
  }
`);
export type GroupRow = ResultOf<typeof promotionGroups>['promotionGroups'][number];
export type GroupedPromotion = GroupRow['promotions'][number];
export type Stacking = GroupRow['stacking'];

export const createGroup = graphql(
  `
    mutation CreatePromotionGroup($input: CreatePromotionGroupInput!) {
      createPromotionGroup(input: $input) {
        __typename
        ... on PromotionGroupSaved {
          group {
            id
          }
        }
        ...RefusalFacts
      }
    }
  `,
  [refusalFacts],
);

export const changeGroup = graphql(
  `
    mutation ChangePromotionGroup($input: ChangePromotionGroupInput!) {
      changePromotionGroup(input: $input) {
        __typename
        ... on PromotionGroupSaved {
          group {
            id
            name
            stacking
            version
          }
        }
        ...RefusalFacts
      }
    }
  `,
  [refusalFacts],
);

export const deleteGroup = graphql(
  `
    mutation DeletePromotionGroup($id: ID!, $version: Int!) {
      deletePromotionGroup(id: $id, version: $version) {
        __typename
        ... on PromotionGroupInUse {
          promotions
        }
        ...RefusalFacts
      }
    }
  `,
  [refusalFacts],
);

export const orderGroups = graphql(
  `
    mutation OrderPromotionGroups($brandId: ID!, $groupIds: [ID!]!) {
      orderPromotionGroups(brandId: $brandId, groupIds: $groupIds) {
        __typename
        ... on PromotionGroupsOrdered {
          groups {
            id
          }
        }
        ...RefusalFacts
      }
    }
  `,
  [refusalFacts],
);

export const orderPromotions = graphql(
  `
    mutation OrderPromotions($groupId: ID!, $version: Int!, $promotionIds: [ID!]!) {
      orderPromotions(groupId: $groupId, version: $version, promotionIds: $promotionIds) {
        __typename
        ... on PromotionGroupSaved {
          group {
            id
            version
            promotions {
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
