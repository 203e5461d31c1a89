import { graphql, type ResultOf } from '../../app/graphql.ts';

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

export const createGroup = graphql(`
  mutation CreatePromotionGroup($input: CreatePromotionGroupInput!) {
    createPromotionGroup(input: $input) {
      __typename
      ... on PromotionGroupSaved {
        group {
          id
        }
      }
      ... on InvalidInput {
        problems {
          path
          code
        }
      }
    }
  }
`);

export const changeGroup = graphql(`
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
      ... on VersionConflict {
        version
        changedBy
        changedAt
      }
      ... on InvalidInput {
        problems {
          path
          code
        }
      }
    }
  }
`);

export const deleteGroup = graphql(`
  mutation DeletePromotionGroup($id: ID!, $version: Int!) {
    deletePromotionGroup(id: $id, version: $version) {
      __typename
      ... on PromotionGroupInUse {
        promotions
      }
      ... on VersionConflict {
        version
        changedBy
        changedAt
      }
      ... on InvalidInput {
        problems {
          path
          code
        }
      }
    }
  }
`);

export const orderGroups = graphql(`
  mutation OrderPromotionGroups($brandId: ID!, $groupIds: [ID!]!) {
    orderPromotionGroups(brandId: $brandId, groupIds: $groupIds) {
      __typename
      ... on PromotionGroupsOrdered {
        groups {
          id
        }
      }
      ... on InvalidInput {
        problems {
          path
          code
        }
      }
    }
  }
`);

export const orderPromotions = graphql(`
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
      ... on VersionConflict {
        version
        changedBy
        changedAt
      }
      ... on InvalidInput {
        problems {
          path
          code
        }
      }
    }
  }
`);
