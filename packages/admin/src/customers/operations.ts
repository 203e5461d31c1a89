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

export const updateCustomer = graphql(`
  mutation UpdateCustomer($input: UpdateCustomerInput!) {
    updateCustomer(input: $input) {
      __typename
      ... on CustomerUpdated {
        profile {
          id
          version
        }
      }
      ... on VersionConflict {
        code
        message
        version
        changedBy
        changedAt
      }
      ... on InvalidInput {
        code
        message
        problems {
          path
          code
          message
        }
      }
    }
  }
`);

export const changeTags = graphql(`
  mutation ChangeTags($input: ChangeTagsInput!) {
    changeTags(input: $input) {
      __typename
      ... on TagsChanged {
        changed
        profiles {
          id
          tags
          version
        }
      }
      ... on InvalidInput {
        code
        message
        problems {
          path
          code
          message
        }
      }
    }
  }
`);

export const startChangeTags = graphql(`
  mutation StartChangeTags($filter: CustomerFilter, $add: [String!]!, $remove: [String!]!) {
    startChangeTags(filter: $filter, add: $add, remove: $remove) {
      __typename
      ... on CustomerTaskStarted {
        taskId
      }
      ... on InvalidInput {
        code
        message
        problems {
          path
          code
          message
        }
      }
    }
  }
`);

export const startCustomersExport = graphql(`
  mutation StartCustomersExport($filter: CustomerFilter, $sort: CustomerSort, $language: FileLanguage!) {
    startCustomersExport(filter: $filter, sort: $sort, language: $language) {
      taskId
    }
  }
`);

export const startPersonExport = graphql(`
  mutation StartPersonExport($profileId: ID!, $language: FileLanguage!) {
    startPersonExport(profileId: $profileId, language: $language) {
      __typename
      ... on CustomerTaskStarted {
        taskId
      }
      ... on InvalidInput {
        code
        message
        problems {
          path
          code
          message
        }
      }
    }
  }
`);

export const detachIdentity = graphql(`
  mutation DetachIdentity($input: DetachIdentityInput!) {
    detachIdentity(input: $input) {
      __typename
      ... on IdentityDetached {
        profile {
          id
        }
      }
      ... on InvalidInput {
        code
        message
        problems {
          path
          code
          message
        }
      }
    }
  }
`);

export const attachIdentity = graphql(`
  mutation AttachIdentity($input: AttachIdentityInput!) {
    attachIdentity(input: $input) {
      __typename
      ... on IdentityAttached {
        profile {
          id
        }
      }
      ... on InvalidInput {
        code
        message
        problems {
          path
          code
          message
        }
      }
    }
  }
`);

export const recordCustomerConsents = graphql(`
  mutation RecordCustomerConsents($input: RecordCustomerConsentsInput!) {
    recordCustomerConsents(input: $input) {
      __typename
      ... on CustomerConsentsRecorded {
        profile {
          id
        }
      }
      ... on InvalidInput {
        code
        message
        problems {
          path
          code
          message
        }
      }
    }
  }
`);

export const adjustPoints = graphql(`
  mutation AdjustPoints($input: AdjustPointsInput!) {
    adjustPoints(input: $input) {
      __typename
      ... on PointsAdjusted {
        account {
          id
          active
        }
      }
      ... on InsufficientPoints {
        code
        message
        available
        requested
      }
      ... on Refusal {
        code
        message
      }
      ... on InvalidInput {
        problems {
          path
          code
          message
        }
      }
    }
  }
`);

export const erasePerson = graphql(`
  mutation ErasePerson($input: ErasePersonInput!) {
    erasePerson(input: $input) {
      __typename
      ... on PersonErased {
        profiles
        profile {
          id
        }
      }
      ... on VersionConflict {
        code
        message
        version
        changedBy
        changedAt
      }
      ... on InvalidInput {
        code
        message
        problems {
          path
          code
          message
        }
      }
    }
  }
`);
