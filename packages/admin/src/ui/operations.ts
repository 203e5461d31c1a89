import { graphql } from '../app/graphql.ts';

export const savedViews = graphql(`
  query SavedViews($page: String!) {
    savedViews(page: $page) {
      id
      name
      query
      mine
      shared
      owner
    }
  }
`);

export const saveView = graphql(`
  mutation SaveView($input: SaveViewInput!) {
    saveView(input: $input) {
      __typename
      ... on SavedView {
        id
      }
      ... on InvalidInput {
        problems {
          path
          code
        }
      }
    }
  }
`);

export const deleteView = graphql(`
  mutation DeleteView($id: ID!) {
    deleteView(id: $id)
  }
`);
