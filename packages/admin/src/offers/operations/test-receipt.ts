import { graphql, type ResultOf } from '../../app/graphql.ts';
import { refusalFacts } from '../../app/refusal-facts.ts';

export const testReceipt = graphql(
  `
    query TestReceipt($input: TestReceiptInput!) {
      testReceipt(input: $input) {
        __typename
        ... on ReceiptTested {
          quote {
            currency
            gross
            discount
            pointsDiscount
            toPay
            missingGifts
            verificationRequired
            lines {
              number
              sku
              quantity
              unitPrice
              gross
              discounts {
                amount
                label
                promoCode
                promotionId
              }
              pointsDiscount
              toPay
            }
            points {
              available
              max
              applied
              maxOfEligible
              maxOfReceipt
              limits {
                code
                max
              }
            }
            earning {
              points
              activateAt
              reason
            }
            refusedCodes {
              promoCode
              code
            }
          }
          promotions {
            promotionId
            draft
            title
            applied
            reason {
              code
              facts
            }
            amount
            points
            times
            promoCode
            missingGift
          }
          earningRules {
            rule
            name
            base
            factorBp
            points
            cut
            reason
          }
        }
        ...RefusalFacts
      }
    }
  `,
  [refusalFacts],
);
export type Tested = Extract<ResultOf<typeof testReceipt>['testReceipt'], { __typename: 'ReceiptTested' }>;
export type TestedPromotion = Tested['promotions'][number];

/** Goods of a basket by their article numbers, which the address of the page holds. */
export const basketProduct = graphql(`
  query BasketProduct($sku: String!) {
    product(ref: { sku: $sku }) {
      id
      sku
      name
      price
    }
  }
`);

/** What is not published and may be tried all the same. */
export const unpublished = graphql(`
  query UnpublishedPromotions($brandId: ID, $first: Int) {
    promotions(filter: { brandId: $brandId, phases: [DRAFT, PAUSED] }, first: $first) {
      edges {
        node {
          id
          name
          title
          groupId
          priority
          rules
        }
      }
    }
  }
`);
