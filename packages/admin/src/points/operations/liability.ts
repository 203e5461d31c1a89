import { graphql, type ResultOf } from '../../app/graphql.ts';
import { refusalFacts } from '../../app/refusal-facts.ts';

const monthFacts = graphql(`
  fragment LiabilityMonthFacts on LiabilityMonth {
    month
    active
    pending
    held
    worth {
      currency
      net
      gross
    }
  }
`);

export const liabilityFacts = graphql(
  `
    fragment LiabilityFacts on Liability {
      takenAt
      accounts
      active
      pending
      held
      debt
      pointValues {
        currency
        amount
      }
      measured {
        from
        to
        pendingBp
        redemptionBp
        pendingIsCautious
        redemptionIsCautious
      }
      fixed {
        pendingBp
        redemptionBp
      }
      used {
        pendingBp
        redemptionBp
      }
      worth {
        currency
        net
        gross
      }
      byExpiry {
        ...LiabilityMonthFacts
      }
      byActivation {
        ...LiabilityMonthFacts
      }
      months {
        month
        activated
        captured
        restored
        expired
        redemptionBp
        breakageBp
      }
    }
  `,
  [monthFacts],
);

export type Liability = ResultOf<typeof liabilityFacts>;
export type LiabilityMonth = ResultOf<typeof monthFacts>;
export type FlowMonth = Liability['months'][number];

export const liability = graphql(
  `
    query Liability($programId: ID!) {
      liability(programId: $programId) {
        ...LiabilityFacts
      }
    }
  `,
  [liabilityFacts],
);

export const recountLiability = graphql(
  `
    mutation RecountLiability($programId: ID!) {
      recountLiability(programId: $programId) {
        liability {
          ...LiabilityFacts
        }
      }
    }
  `,
  [liabilityFacts],
);

export const fixLiabilityRates = graphql(
  `
    mutation FixLiabilityRates($input: FixLiabilityRatesInput!) {
      fixLiabilityRates(input: $input) {
        __typename
        ...RefusalFacts
      }
    }
  `,
  [refusalFacts],
);

export const startLiabilityExport = graphql(
  `
    mutation StartLiabilityExport($programId: ID!, $language: LiabilityFileLanguage!) {
      startLiabilityExport(programId: $programId, language: $language) {
        __typename
        ... on LiabilityExportStarted {
          taskId
        }
        ...RefusalFacts
      }
    }
  `,
  [refusalFacts],
);
