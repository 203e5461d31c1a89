import { graphql } from '../graphql.ts';
import { accountFacts, limitFacts, orderFacts, problems, productFacts, quoteFacts } from './fragments.ts';

export const lookUpProduct = graphql(
  `
    query LookUpProduct($code: String!) {
      byBarcode: product(ref: { barcode: $code }) {
        ...ProductFacts
      }
      bySku: product(ref: { sku: $code }) {
        ...ProductFacts
      }
    }
  `,
  [productFacts],
);

export const searchProducts = graphql(
  `
    query SearchProducts($search: String!, $first: Int!) {
      products(search: $search, first: $first) {
        edges {
          node {
            ...ProductFacts
          }
        }
      }
    }
  `,
  [productFacts],
);

export const previewOrder = graphql(
  `
    query PreviewOrder($input: OrderDraftInput!) {
      previewOrder(input: $input) {
        __typename
        ...QuoteFacts
        ... on Refusal {
          code
          message
        }
        ...Problems
      }
    }
  `,
  [quoteFacts, limitFacts, problems],
);

export const beginOrder = graphql(
  `
    mutation BeginOrder($input: BeginOrderInput!) {
      beginOrder(input: $input) {
        __typename
        ... on OrderBegun {
          holdExpiresAt
          order {
            ...OrderFacts
          }
        }
        ... on Refusal {
          code
          message
        }
        ... on QuoteChanged {
          quote {
            ...QuoteFacts
          }
          reasons {
            code
            line
          }
        }
        ... on InsufficientPoints {
          requested
          available
          max
          limits {
            ...LimitFacts
          }
        }
        ... on AlreadyCommitted {
          order {
            ...OrderFacts
          }
        }
        ...Problems
      }
    }
  `,
  [orderFacts, quoteFacts, limitFacts, problems],
);

export const commitOrder = graphql(
  `
    mutation CommitOrder($input: CommitOrderInput!) {
      commitOrder(input: $input) {
        __typename
        ... on OrderCommitted {
          earned
          activateAt
          overdrawn
          order {
            ...OrderFacts
          }
          account {
            ...AccountFacts
          }
        }
        ... on Refusal {
          code
          message
        }
        ... on ReceiptTaken {
          order {
            ...OrderFacts
          }
        }
        ...Problems
      }
    }
  `,
  [orderFacts, accountFacts, problems],
);

export const cancelOrder = graphql(
  `
    mutation CancelOrder($input: CancelOrderInput!) {
      cancelOrder(input: $input) {
        __typename
        ... on OrderCancelled {
          cancelled: order {
            ...OrderFacts
          }
        }
        ... on Refusal {
          code
          message
        }
        ... on AlreadyCommitted {
          order {
            ...OrderFacts
          }
        }
        ...Problems
      }
    }
  `,
  [orderFacts, problems],
);

/** Without lines: everything that is left of the order. */
export const returnOrder = graphql(
  `
    mutation ReturnOrder($input: ReturnOrderInput!) {
      returnOrder(input: $input) {
        __typename
        ... on OrderReturned {
          moneyBack
          pointsRestored
          pointsClawedBack
          account {
            ...AccountFacts
          }
        }
        ... on Refusal {
          code
          message
        }
        ...Problems
      }
    }
  `,
  [accountFacts, problems],
);

/** Codes for the next purchase come a moment after the commit. */
export const issuedCodes = graphql(`
  query IssuedCodes($externalId: String!) {
    order(ref: { external: { id: $externalId } }) {
      issuedCodes {
        code
        expiresAt
      }
    }
  }
`);
