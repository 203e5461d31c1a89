import { graphql } from '../../app/graphql.ts';
import { taskFacts } from '../../tasks/operations.ts';

export const hygieneReport = graphql(`
  query HygieneReport {
    hygieneReport {
      at
      people
      facts {
        code
        count
      }
      duplicates {
        pairs
        people
      }
      sources {
        source
        people
        facts {
          code
          count
        }
      }
      refused {
        source
        records
        invalidPhones
        invalidEmails
      }
    }
  }
`);

export const startHygieneReport = graphql(
  `
    mutation StartHygieneReport {
      startHygieneReport {
        ...TaskFacts
      }
    }
  `,
  [taskFacts],
);
