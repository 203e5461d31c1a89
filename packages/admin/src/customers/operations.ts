import { graphql, type ResultOf } from '../app/graphql.ts';

export const customers = graphql(`
  query Customers($filter: CustomerFilter, $sort: CustomerSort, $first: Int, $after: String) {
    customers(filter: $filter, sort: $sort, first: $first, after: $after) {
      edges {
        node {
          ordersCount
          lastOrderAt
          spent {
            currency
            amount
          }
          profile {
            id
            givenName
            familyName
            patronymic
            phone
            email
            tags
            birthDate
            doNotDisturb
            createdAt
            preferredStore {
              id
              name
            }
            accounts {
              id
              active
              pending
              tier {
                code
                name
              }
            }
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export type CustomerRow = ResultOf<typeof customers>['customers']['edges'][number]['node'];

export const customersCount = graphql(`
  query CustomersCount($filter: CustomerFilter) {
    customersCount(filter: $filter) {
      count
      exact
    }
  }
`);

export const customerCard = graphql(`
  query CustomerCard($id: ID!) {
    node(id: $id) {
      ... on Profile {
        id
        kind
        givenName
        familyName
        patronymic
        birthDate
        gender
        tags
        preferredChannel
        doNotDisturb
        version
        createdAt
        updatedAt
        erasedAt
        preferredStore {
          id
          code
          name
        }
        origins {
          field
          source
          at
        }
        attributes {
          code
          nameRu
          nameEn
          type
          archived
          value
          choices {
            code
            nameRu
            nameEn
          }
          origin {
            source
            at
          }
        }
        identities {
          id
          kind
          source
          masked
          verifiedAt
          since
        }
        consents {
          brand {
            id
            name
          }
          purpose
          channel
          topic
          granted
          textVersion
          source
          note
          at
        }
        accounts {
          id
          status
          active
          pending
          held
          debt
          available
          nextActivation {
            points
            at
          }
          nextExpiry {
            points
            at
          }
          tier {
            code
            name
          }
          program {
            id
            name
          }
        }
      }
    }
  }
`);

type Found = NonNullable<ResultOf<typeof customerCard>['node']>;
export type Customer = Extract<Found, { version: number }>;
export type Account = Customer['accounts'][number];
export type Identity = Customer['identities'][number];
export type Attribute = Customer['attributes'][number];
export type Consent = Customer['consents'][number];

export const openContacts = graphql(`
  query OpenContacts($id: ID!) {
    node(id: $id) {
      ... on Profile {
        id
        contacts {
          id
          kind
          source
          value
        }
      }
    }
  }
`);

export const customerTimeline = graphql(`
  query CustomerTimeline($id: ID!, $kinds: [TimelineKind!], $first: Int, $after: String) {
    node(id: $id) {
      ... on Profile {
        id
        timeline(kinds: $kinds, first: $first, after: $after) {
          edges {
            node {
              id
              kind
              at
              facts
            }
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
      }
    }
  }
`);

export const storesToChoose = graphql(`
  query StoresToChoose {
    stores(first: 100) {
      edges {
        node {
          id
          code
          name
        }
      }
    }
  }
`);

export const textsToAgree = graphql(`
  query TextsToAgree {
    consentTextVersions {
      id
      brand {
        id
        name
      }
      purpose
      version
      text
      retiredAt
    }
    consentTopics {
      id
      code
      nameRu
      nameEn
    }
  }
`);
