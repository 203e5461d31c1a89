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
