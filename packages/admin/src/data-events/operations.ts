import { graphql, type ResultOf } from '../app/graphql.ts';
import { refusalFacts } from '../app/refusal-facts.ts';

const eventRow = graphql(`
  fragment EventRow on Event {
    id
    kind
    defined
    source
    externalId
    occurredAt
    recordedAt
    properties
    profile {
      id
      kind
      givenName
      familyName
    }
  }
`);

export const events = graphql(
  `
    query Events($filter: EventFilter, $first: Int, $after: String) {
      events(filter: $filter, first: $first, after: $after) {
        edges {
          node {
            ...EventRow
          }
        }
        pageInfo {
          endCursor
          hasNextPage
        }
      }
    }
  `,
  [eventRow],
);

export const eventsRecorded = graphql(
  `
    subscription EventsRecorded($kinds: [String!], $source: String) {
      eventsRecorded(kinds: $kinds, source: $source) {
        events {
          ...EventRow
        }
        more
      }
    }
  `,
  [eventRow],
);

export type EventRow = ResultOf<typeof eventRow>;

export const eventStatistics = graphql(`
  query EventStatistics {
    eventStatistics {
      hours
      kinds {
        kind
        defined
        recorded
        rejected
        byHour
      }
      sources {
        source
        recorded
        rejected
      }
    }
  }
`);

export type KindCount = ResultOf<typeof eventStatistics>['eventStatistics']['kinds'][number];

const definition = graphql(`
  fragment Definition on EventDefinition {
    code
    nameRu
    nameEn
    builtIn
    version
    archivedAt
    properties {
      code
      type
      required
    }
  }
`);

export const eventDefinitions = graphql(
  `
    query EventDefinitions {
      eventDefinitions {
        ...Definition
      }
    }
  `,
  [definition],
);

export type Definition = ResultOf<typeof definition>;
export type DefinedProperty = Definition['properties'][number];

export const saveEventDefinition = graphql(
  `
    mutation SaveEventDefinition($input: SaveEventDefinitionInput!) {
      saveEventDefinition(input: $input) {
        __typename
        ... on EventDefinitionSaved {
          definition {
            ...Definition
          }
        }
        ...RefusalFacts
      }
    }
  `,
  [definition, refusalFacts],
);

export const archiveEventDefinition = graphql(
  `
    mutation ArchiveEventDefinition($input: ArchiveEventDefinitionInput!) {
      archiveEventDefinition(input: $input) {
        __typename
        ... on EventDefinitionSaved {
          definition {
            ...Definition
          }
        }
        ...RefusalFacts
      }
    }
  `,
  [definition, refusalFacts],
);
