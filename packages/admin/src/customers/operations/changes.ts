import { graphql } from '../../app/graphql.ts';
import { refusalFacts } from '../../app/refusal-facts.ts';

export const updateCustomer = graphql(
  `
    mutation UpdateCustomer($input: UpdateCustomerInput!) {
      updateCustomer(input: $input) {
        __typename
        ... on CustomerUpdated {
          profile {
            id
            version
          }
        }
        ...RefusalFacts
      }
    }
  `,
  [refusalFacts],
);

export const changeTags = graphql(
  `
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
        ...RefusalFacts
      }
    }
  `,
  [refusalFacts],
);

export const startChangeTags = graphql(
  `
    mutation StartChangeTags($filter: CustomerFilter, $add: [String!]!, $remove: [String!]!) {
      startChangeTags(filter: $filter, add: $add, remove: $remove) {
        __typename
        ... on CustomerTaskStarted {
          taskId
        }
        ...RefusalFacts
      }
    }
  `,
  [refusalFacts],
);

export const startCustomersExport = graphql(`
  mutation StartCustomersExport($filter: CustomerFilter, $sort: CustomerSort, $language: FileLanguage!) {
    startCustomersExport(filter: $filter, sort: $sort, language: $language) {
      taskId
    }
  }
`);

export const startPersonExport = graphql(
  `
    mutation StartPersonExport($profileId: ID!, $language: FileLanguage!) {
      startPersonExport(profileId: $profileId, language: $language) {
        __typename
        ... on CustomerTaskStarted {
          taskId
        }
        ...RefusalFacts
      }
    }
  `,
  [refusalFacts],
);

export const detachIdentity = graphql(
  `
    mutation DetachIdentity($input: DetachIdentityInput!) {
      detachIdentity(input: $input) {
        __typename
        ... on IdentityDetached {
          profile {
            id
          }
        }
        ...RefusalFacts
      }
    }
  `,
  [refusalFacts],
);

export const attachIdentity = graphql(
  `
    mutation AttachIdentity($input: AttachIdentityInput!) {
      attachIdentity(input: $input) {
        __typename
        ... on IdentityAttached {
          profile {
            id
          }
        }
        ...RefusalFacts
      }
    }
  `,
  [refusalFacts],
);

export const recordCustomerConsents = graphql(
  `
    mutation RecordCustomerConsents($input: RecordCustomerConsentsInput!) {
      recordCustomerConsents(input: $input) {
        __typename
        ... on CustomerConsentsRecorded {
          profile {
            id
          }
        }
        ...RefusalFacts
      }
    }
  `,
  [refusalFacts],
);

export const adjustPoints = graphql(
  `
    mutation AdjustPoints($input: AdjustPointsInput!) {
      adjustPoints(input: $input) {
        __typename
        ... on PointsAdjusted {
          account {
            id
            active
          }
        }
        ... on ApprovalRequired {
          correctionId
        }
        ... on InsufficientPoints {
          available
          requested
        }
        ...RefusalFacts
      }
    }
  `,
  [refusalFacts],
);

export const erasePerson = graphql(
  `
    mutation ErasePerson($input: ErasePersonInput!) {
      erasePerson(input: $input) {
        __typename
        ... on PersonErased {
          profiles
          profile {
            id
          }
        }
        ...RefusalFacts
      }
    }
  `,
  [refusalFacts],
);
