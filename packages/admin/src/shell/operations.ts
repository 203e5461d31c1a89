import { graphql } from '../app/graphql.ts';

export const findShoppers = graphql(`
  query FindShoppers($search: String!) {
    customers(filter: { search: $search }, first: 6) {
      edges {
        node {
          profile {
            id
            givenName
            familyName
            phone
          }
        }
      }
    }
  }
`);
