import { graphql, type ResultOf } from '../../app/graphql.ts';
import { refusalFacts } from '../../app/refusal-facts.ts';

const incidentFacts = graphql(`
  fragment IncidentFacts on Incident {
    id
    kind
    facts
    occurredAt
    closedAt
    closedBy
    closedNote
    profile {
      id
      kind
      givenName
      familyName
      patronymic
    }
    store {
      id
      name
      timeZone
    }
    order {
      id
      externalId
      occurredAt
      currency
      toPay
    }
  }
`);

export type Incident = ResultOf<typeof incidentFacts>;

export const incidents = graphql(
  `
    query Incidents(
      $kinds: [IncidentKind!]
      $open: Boolean
      $storeId: ID
      $from: DateTime
      $to: DateTime
      $first: Int
      $after: String
    ) {
      incidents(
        kinds: $kinds
        open: $open
        storeId: $storeId
        from: $from
        to: $to
        first: $first
        after: $after
      ) {
        edges {
          node {
            ...IncidentFacts
          }
        }
        pageInfo {
          endCursor
          hasNextPage
        }
      }
      incidentCounts {
        kind
        open
      }
    }
  `,
  [incidentFacts],
);

export type IncidentKind = Incident['kind'];

export const closeIncidents = graphql(
  `
    mutation CloseIncidents($input: CloseIncidentsInput!) {
      closeIncidents(input: $input) {
        __typename
        ... on IncidentsSettled {
          changed
          incidents {
            ...IncidentFacts
          }
        }
        ...RefusalFacts
      }
    }
  `,
  [incidentFacts, refusalFacts],
);

export const reopenIncidents = graphql(
  `
    mutation ReopenIncidents($incidentIds: [ID!]!) {
      reopenIncidents(incidentIds: $incidentIds) {
        __typename
        ... on IncidentsSettled {
          changed
          incidents {
            ...IncidentFacts
          }
        }
        ...RefusalFacts
      }
    }
  `,
  [incidentFacts, refusalFacts],
);
