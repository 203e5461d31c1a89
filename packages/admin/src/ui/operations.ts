import { graphql } from '../app/graphql.ts';
import { refusalFacts } from '../app/refusal-facts.ts';

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

export const saveView = graphql(
  `
    mutation SaveView($input: SaveViewInput!) {
      saveView(input: $input) {
        __typename
        ... on SavedView {
          id
        }
        ...RefusalFacts
      }
    }
  `,
  [refusalFacts],
);

export const deleteView = graphql(`
  mutation DeleteView($id: ID!) {
    deleteView(id: $id)
  }
`);
