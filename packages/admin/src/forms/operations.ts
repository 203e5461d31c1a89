import { graphql, type ResultOf } from '../app/graphql.ts';

export const goodsChoices = graphql(`
  query GoodsChoices {
    goodsChoices {
      categories {
        code
        name
        parent
        products
      }
      brands
      tags
      attributes {
        name
        values
      }
    }
  }
`);

export const foundProducts = graphql(`
  query FoundProducts($search: String, $first: Int) {
    products(search: $search, first: $first) {
      edges {
        node {
          id
          sku
          name
          category
          price
          barcodes
        }
      }
    }
  }
`);
export type FoundProduct = ResultOf<typeof foundProducts>['products']['edges'][number]['node'];

export const foundSegments = graphql(`
  query FoundSegments($search: String, $first: Int!) {
    segments(filter: { search: $search }, sort: "name", first: $first) {
      edges {
        node {
          id
          name
          state
          size
        }
      }
    }
  }
`);
export type FoundSegment = ResultOf<typeof foundSegments>['segments']['edges'][number]['node'];

export const namedSegments = graphql(`
  query NamedSegments($ids: [ID!]!) {
    segments(filter: { ids: $ids }, first: 100) {
      edges {
        node {
          id
          name
          state
          size
        }
      }
    }
  }
`);
