import { graphql, type ResultOf } from '../../app/graphql.ts';
import { refusalFacts } from '../../app/refusal-facts.ts';

const codeFacts = graphql(`
  fragment CodeFacts on PromoCode {
    id
    code
    state
    personal
    reason
    issuedAt
    validFrom
    expiresAt
    uses
    profile {
      id
      givenName
      familyName
    }
    pool {
      id
      name
      kind
      timeZone
      archivedAt
      promotion {
        id
        name
        title
      }
    }
    history {
      at
      kind
      by
      reason
      order {
        id
        externalId
        profile {
          id
        }
        store {
          id
          name
        }
      }
    }
  }
`);

export const promoCode = graphql(
  `
    query PromoCode($code: String!) {
      promoCode(code: $code) {
        ...CodeFacts
      }
    }
  `,
  [codeFacts],
);
export type Code = NonNullable<ResultOf<typeof promoCode>['promoCode']>;
export type CodeEvent = Code['history'][number];

export const issueCode = graphql(
  `
    mutation IssuePromoCode($input: IssuePromoCodeInput!) {
      issuePromoCode(input: $input) {
        __typename
        ... on PromoCodeSaved {
          promoCode {
            id
            code
            expiresAt
          }
        }
        ... on PoolEmpty {
          pool
        }
        ...RefusalFacts
      }
    }
  `,
  [refusalFacts],
);

export const cancelCode = graphql(
  `
    mutation CancelPromoCode($id: ID!, $reason: String!) {
      result: cancelPromoCode(id: $id, reason: $reason) {
        __typename
        ... on PromoCodeSaved {
          promoCode {
            id
            code
          }
        }
        ... on PromoCodeStateRefused {
          state
        }
        ...RefusalFacts
      }
    }
  `,
  [refusalFacts],
);

export const extendCode = graphql(
  `
    mutation ExtendPromoCode($id: ID!, $expiresAt: DateTime!, $reason: String!) {
      result: extendPromoCode(id: $id, expiresAt: $expiresAt, reason: $reason) {
        __typename
        ... on PromoCodeSaved {
          promoCode {
            id
            code
          }
        }
        ... on PromoCodeStateRefused {
          state
        }
        ...RefusalFacts
      }
    }
  `,
  [refusalFacts],
);

export const reissueCode = graphql(
  `
    mutation ReissuePromoCode($id: ID!, $reason: String!) {
      result: reissuePromoCode(id: $id, reason: $reason) {
        __typename
        ... on PromoCodeSaved {
          promoCode {
            id
            code
          }
        }
        ... on PromoCodeStateRefused {
          state
        }
        ... on PoolEmpty {
          pool
        }
        ...RefusalFacts
      }
    }
  `,
  [refusalFacts],
);

export const shopperChoices = graphql(`
  query ShopperChoices($search: String!) {
    customers(filter: { search: $search }, first: 8) {
      edges {
        node {
          profile {
            id
            givenName
            familyName
            patronymic
            phone
          }
        }
      }
    }
  }
`);
