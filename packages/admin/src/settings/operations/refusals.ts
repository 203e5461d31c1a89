import { graphql } from '../../app/graphql.ts';
import { refusalFacts as factsOfAll } from '../../app/refusal-facts.ts';

/** What every refusal of Settings tells besides: how many still use it, in what it sold already. */
export const refusalFacts = graphql(
  `
    fragment SettingsRefusal on Refusal {
      ...RefusalFacts
      ... on StillInUse {
        by
        count
      }
      ... on CurrencyFixed {
        currency
      }
    }
  `,
  [factsOfAll],
);
