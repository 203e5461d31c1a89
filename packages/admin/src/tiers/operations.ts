import { graphql, type ResultOf } from '../app/graphql.ts';
import { refusalFacts } from '../app/refusal-facts.ts';

export const customerTiers = graphql(`
  query CustomerTiers($id: ID!) {
    node(id: $id) {
      ... on Profile {
        id
        accounts {
          id
          program {
            id
            name
          }
          tierProgress {
            current {
              code
              name
            }
            since
            next {
              code
              name
            }
            missing {
              amount
              currency
            }
            missingPoints
            keptUntil
            fallsTo {
              code
              name
            }
            floor {
              code
              name
            }
            window
            spent {
              amount
              currency
            }
            levels {
              code
              name
            }
          }
          actions(first: 5) {
            id
            name
            points
            takenBack
            explanation
            reason
            limit
            at
          }
        }
      }
    }
  }
`);

type Found = NonNullable<ResultOf<typeof customerTiers>['node']>;
export type TierAccount = Extract<Found, { accounts: unknown }>['accounts'][number];
export type TierProgress = NonNullable<TierAccount['tierProgress']>;
export type ActionGrant = TierAccount['actions'][number];

export const setTierFloor = graphql(
  `
    mutation SetTierFloor($input: SetTierFloorInput!) {
      setTierFloor(input: $input) {
        __typename
        ... on TierFloorSet {
          account {
            id
          }
        }
        ...RefusalFacts
      }
    }
  `,
  [refusalFacts],
);
