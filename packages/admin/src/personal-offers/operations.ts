import { graphql, type ResultOf } from '../app/graphql.ts';
import { refusalFacts } from '../app/refusal-facts.ts';

export const customerOffers = graphql(`
  query CustomerOffers($id: ID!) {
    node(id: $id) {
      ... on Profile {
        id
        offerGrants {
          id
          promotionId
          title
          source
          reason
          validTo
          uses
          used
          state
        }
      }
    }
  }
`);
type Found = NonNullable<ResultOf<typeof customerOffers>['node']>;
export type Grant = Extract<Found, { offerGrants: unknown }>['offerGrants'][number];

export const grantablePromotions = graphql(`
  query GrantablePromotions {
    promotions(filter: { granted: true, phases: [RUNNING, PLANNED] }, first: 100) {
      edges {
        node {
          id
          name
          title
          endsAt
          brand {
            id
            name
          }
        }
      }
    }
  }
`);

export const grantOffer = graphql(
  `
    mutation GrantOffer($input: GrantOfferInput!) {
      grantOffer(input: $input) {
        __typename
        ... on OfferGranted {
          grant {
            id
            title
          }
        }
        ...RefusalFacts
      }
    }
  `,
  [refusalFacts],
);

export const withdrawOffer = graphql(
  `
    mutation WithdrawOffer($grantId: ID!) {
      withdrawOffer(grantId: $grantId) {
        __typename
        ... on OfferGranted {
          grant {
            id
            state
          }
        }
        ...RefusalFacts
      }
    }
  `,
  [refusalFacts],
);

export const grantCounts = graphql(`
  query GrantCounts($id: ID!) {
    promotion(id: $id) {
      id
      grants {
        granted
        open
        used
      }
    }
  }
`);

export const startGranting = graphql(
  `
    mutation StartGrantingOffers($input: GrantOffersInput!) {
      startGrantingOffers(input: $input) {
        __typename
        ... on OfferGrantingStarted {
          taskId
          unknown
        }
        ...RefusalFacts
      }
    }
  `,
  [refusalFacts],
);
