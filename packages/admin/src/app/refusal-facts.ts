import { graphql } from './graphql.ts';

/** What a form tells of a refusal: problems at their fields, who was faster. Facts of other refusals stand in their documents. */
export const refusalFacts = graphql(`
  fragment RefusalFacts on Refusal {
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
  }
`);
