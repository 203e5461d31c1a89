import { graphql, type ResultOf, type VariablesOf } from '../../app/graphql.ts';
import { refusalFacts } from '../../app/refusal-facts.ts';

export const segmentFacts = graphql(`
  fragment SegmentFacts on Segment {
    id
    number
    name
    description
    condition
    state
    problems {
      path
      code
      message
      kind
      value
    }
    size
    sizeDayAgo
    sizeWeekAgo
    usedIn {
      kind
      id
      name
    }
    task {
      id
      state
      done
      total
    }
    version
    computedAt
    updatedAt
    updatedBy
  }
`);

export const segments = graphql(`
  query Segments($filter: SegmentFilter, $sort: String, $first: Int!, $after: String) {
    segments(filter: $filter, sort: $sort, first: $first, after: $after) {
      edges {
        node {
          id
          name
          description
          state
          problems {
            kind
            value
            message
          }
          size
          sizeDayAgo
          sizeWeekAgo
          sizes(days: 30) {
            day
            size
          }
          usedIn {
            kind
            id
            name
          }
          task {
            id
            state
            done
            total
          }
          version
          updatedAt
          updatedBy
        }
      }
      pageInfo {
        endCursor
        hasNextPage
      }
    }
  }
`);
export type SegmentRow = ResultOf<typeof segments>['segments']['edges'][number]['node'];
export type SegmentFilter = NonNullable<VariablesOf<typeof segments>['filter']>;

export const segmentById = graphql(
  `
    query SegmentById($id: ID!) {
      segment(id: $id) {
        ...SegmentFacts
        snapshots {
          id
          name
          size
          takenAt
          takenBy
        }
        sizes(days: 90) {
          day
          size
          entered
          left
        }
      }
    }
  `,
  [segmentFacts],
);
export type SegmentDetails = NonNullable<ResultOf<typeof segmentById>['segment']>;

export const segmentNames = graphql(`
  query SegmentNames($first: Int!) {
    segments(first: $first) {
      edges {
        node {
          id
          name
          size
          snapshots {
            id
            name
          }
        }
      }
    }
  }
`);

export const createSegment = graphql(
  `
    mutation CreateSegment($input: CreateSegmentInput!) {
      createSegment(input: $input) {
        __typename
        ... on SegmentSaved {
          segment {
            id
            version
          }
        }
        ...RefusalFacts
        ... on SegmentTooHeavy {
          rows
          limit
        }
      }
    }
  `,
  [refusalFacts],
);

export const changeSegment = graphql(
  `
    mutation ChangeSegment($input: ChangeSegmentInput!) {
      changeSegment(input: $input) {
        __typename
        ... on SegmentSaved {
          segment {
            ...SegmentFacts
          }
        }
        ...RefusalFacts
        ... on SegmentTooHeavy {
          rows
          limit
        }
      }
    }
  `,
  [segmentFacts, refusalFacts],
);

export const archiveSegment = graphql(
  `
    mutation ArchiveSegment($id: ID!, $version: Int!) {
      archiveSegment(id: $id, version: $version) {
        __typename
        ... on SegmentSaved {
          segment {
            id
            state
            version
          }
        }
        ... on SegmentInUse {
          uses {
            kind
            id
            name
          }
        }
        ...RefusalFacts
      }
    }
  `,
  [refusalFacts],
);

export const restoreSegment = graphql(
  `
    mutation RestoreSegment($id: ID!, $version: Int!) {
      restoreSegment(id: $id, version: $version) {
        __typename
        ... on SegmentSaved {
          segment {
            id
            state
            version
          }
        }
        ...RefusalFacts
      }
    }
  `,
  [refusalFacts],
);
