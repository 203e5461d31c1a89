import { graphql } from '../graphql.ts';
import { problems, tillFacts } from './fragments.ts';

export const tillQuery = graphql(
  `
    query Till {
      till {
        ...TillFacts
      }
    }
  `,
  [tillFacts],
);

export const pairTill = graphql(
  `
    mutation PairTill($input: PairTillInput!) {
      pairTill(input: $input) {
        __typename
        ... on TillPaired {
          token
          till {
            ...TillFacts
          }
        }
        ... on Refusal {
          code
          message
        }
        ... on PairingCodeRefused {
          retryAt
        }
        ...Problems
      }
    }
  `,
  [tillFacts, problems],
);

export const signInCashier = graphql(
  `
    mutation SignInCashier($input: SignInCashierInput!) {
      signInCashier(input: $input) {
        __typename
        ... on CashierSignedIn {
          token
          expiresAt
          cashier {
            id
            name
          }
        }
        ... on Refusal {
          code
          message
        }
        ... on WrongPin {
          attemptsLeft
          lockedUntil
        }
        ...Problems
      }
    }
  `,
  [problems],
);

export const signOutCashier = graphql(`
  mutation SignOutCashier {
    signOutCashier
  }
`);

/** What a till calculates by while the server's quote is on its way. */
export const quoteRules = graphql(`
  query QuoteRules {
    till {
      quoteRules
    }
  }
`);
