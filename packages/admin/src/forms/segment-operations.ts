import { graphql, type ResultOf } from '../app/graphql.ts';

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
