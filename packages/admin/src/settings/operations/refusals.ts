import { graphql } from '../../app/graphql.ts';

/** What every refusal of Settings tells: problems at their fields, who was faster, how many still use it. */
export const refusalFacts = graphql(`
  fragment SettingsRefusal on Refusal {
    __typename
    code
    ... on InvalidInput {
      problems {
        path
        code
      }
    }
    ... on VersionConflict {
      version
      changedBy
      changedAt
    }
    ... on StillInUse {
      by
      count
    }
    ... on CurrencyFixed {
      currency
    }
  }
`);
