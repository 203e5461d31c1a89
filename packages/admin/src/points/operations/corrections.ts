import { graphql, type ResultOf } from '../../app/graphql.ts';
import { refusalFacts } from '../../app/refusal-facts.ts';

const correctionFacts = graphql(`
  fragment CorrectionFacts on Correction {
    id
    points
    reasonCode
    reason
    activateAt
    expireAt
    state
    needs
    requestedBy
    mine
    requestedAt
    expiresAt
    decidedBy
    decidedAt
    note
    program {
      id
      name
    }
    profile {
      id
      givenName
      familyName
      patronymic
    }
  }
`);

export type Correction = ResultOf<typeof correctionFacts>;
export type CorrectionState = Correction['state'];

export const corrections = graphql(
  `
    query Corrections($states: [CorrectionState!], $profileId: ID, $first: Int, $after: String) {
      corrections(states: $states, profileId: $profileId, first: $first, after: $after) {
        edges {
          node {
            ...CorrectionFacts
          }
        }
        pageInfo {
          endCursor
          hasNextPage
        }
      }
    }
  `,
  [correctionFacts],
);

export const correctionRules = graphql(`
  query CorrectionRules {
    correctionRules {
      approveAbove
      perDay
      waitDays
      correctedToday
    }
  }
`);

export type CorrectionRules = ResultOf<typeof correctionRules>['correctionRules'];

/** What somebody has now: shown beside what it would be. */
export const balanceBefore = graphql(`
  query BalanceBefore($id: ID!) {
    profile(ref: { id: $id }) {
      id
      accounts {
        id
        active
        debt
        status
        program {
          id
        }
      }
    }
  }
`);

const decidedFacts = graphql(
  `
    fragment DecidedFacts on DecideCorrectionResult {
      __typename
      ... on CorrectionDecided {
        correction {
          ...CorrectionFacts
        }
      }
      ... on InsufficientPoints {
        available
        requested
      }
      ... on CorrectionClosed {
        state
      }
      ...RefusalFacts
    }
  `,
  [correctionFacts, refusalFacts],
);

export const approveCorrection = graphql(
  `
    mutation ApproveCorrection($input: DecideCorrectionInput!) {
      approveCorrection(input: $input) {
        __typename
        ...DecidedFacts
      }
    }
  `,
  [decidedFacts],
);

export const refuseCorrection = graphql(
  `
    mutation RefuseCorrection($input: DecideCorrectionInput!) {
      refuseCorrection(input: $input) {
        __typename
        ...DecidedFacts
      }
    }
  `,
  [decidedFacts],
);

export const withdrawCorrection = graphql(
  `
    mutation WithdrawCorrection($correctionId: ID!) {
      withdrawCorrection(correctionId: $correctionId) {
        __typename
        ...DecidedFacts
      }
    }
  `,
  [decidedFacts],
);

export const editCorrectionRules = graphql(
  `
    mutation EditCorrectionRules($input: CorrectionRulesInput!) {
      editCorrectionRules(input: $input) {
        __typename
        ... on CorrectionRulesEdited {
          rules {
            approveAbove
            perDay
            waitDays
          }
        }
        ...RefusalFacts
      }
    }
  `,
  [refusalFacts],
);
