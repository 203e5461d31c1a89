import { graphql } from '../graphql.ts';
import { accountFacts, challengeFacts, problems, visitFacts } from './fragments.ts';

export const identifyShopper = graphql(
  `
    mutation IdentifyShopper($input: IdentifyShopperInput!) {
      identifyShopper(input: $input) {
        __typename
        ...VisitFacts
        ...ChallengeFacts
        ... on Refusal {
          code
          message
        }
        ... on TooManyCodes {
          retryAt
        }
        ...Problems
      }
    }
  `,
  [visitFacts, accountFacts, challengeFacts, problems],
);

export const resendShopperCode = graphql(
  `
    mutation ResendShopperCode($input: ResendShopperCodeInput!) {
      resendShopperCode(input: $input) {
        __typename
        ...VisitFacts
        ...ChallengeFacts
        ... on Refusal {
          code
          message
        }
        ... on TooManyCodes {
          retryAt
        }
        ...Problems
      }
    }
  `,
  [visitFacts, accountFacts, challengeFacts, problems],
);

export const confirmShopper = graphql(
  `
    mutation ConfirmShopper($input: ConfirmShopperInput!) {
      confirmShopper(input: $input) {
        __typename
        ...VisitFacts
        ... on Refusal {
          code
          message
        }
        ... on WrongCode {
          attemptsLeft
        }
        ... on WrongPin {
          attemptsLeft
          lockedUntil
        }
        ...Problems
      }
    }
  `,
  [visitFacts, accountFacts, problems],
);

export const noteOffer = graphql(`
  mutation NoteOffer($visitId: ID!, $offerId: ID!, $happened: OfferNote!) {
    noteOffer(visitId: $visitId, offerId: $offerId, happened: $happened) {
      __typename
    }
  }
`);
