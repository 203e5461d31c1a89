import { graphql, type ResultOf } from '../../app/graphql.ts';
import { refusalFacts } from './refusals.ts';

export const staffRow = graphql(`
  fragment StaffRow on StaffMember {
    id
    name
    email
    status
    canWaive
    version
    hasPin
    hasPassword
    hasSecondFactor
    lastSeenAt
    grants {
      role
      brand {
        id
        name
      }
      store {
        id
        name
      }
    }
    tills {
      role
      store {
        id
        name
      }
    }
  }
`);
export type StaffRow = ResultOf<typeof staffRow>;

export const staffMembers = graphql(
  `
    query StaffMembers($search: String, $status: StaffStatus, $storeId: ID, $first: Int, $after: String) {
      staffMembers(search: $search, status: $status, storeId: $storeId, first: $first, after: $after) {
        edges {
          node {
            ...StaffRow
          }
        }
        pageInfo {
          endCursor
          hasNextPage
        }
      }
    }
  `,
  [staffRow],
);

export const staffMember = graphql(
  `
    query StaffMember($id: ID!) {
      staffMember(id: $id) {
        ...StaffRow
      }
    }
  `,
  [staffRow],
);

export const addStaff = graphql(
  `
    mutation AddStaff($input: AddStaffInput!) {
      addStaff(input: $input) {
        __typename
        ... on StaffSaved {
          staff {
            ...StaffRow
          }
        }
        ...SettingsRefusal
      }
    }
  `,
  [staffRow, refusalFacts],
);

export const editStaff = graphql(
  `
    mutation EditStaff($input: EditStaffInput!) {
      editStaff(input: $input) {
        __typename
        ... on StaffSaved {
          staff {
            ...StaffRow
          }
        }
        ...SettingsRefusal
      }
    }
  `,
  [staffRow, refusalFacts],
);

export const setStaffRoles = graphql(
  `
    mutation SetStaffRoles($input: SetStaffRolesInput!) {
      setStaffRoles(input: $input) {
        __typename
        ... on StaffSaved {
          staff {
            ...StaffRow
          }
        }
        ...SettingsRefusal
      }
    }
  `,
  [staffRow, refusalFacts],
);

export const setStaffPin = graphql(
  `
    mutation SetStaffPin($input: SetStaffPinInput!) {
      setStaffPin(input: $input) {
        __typename
        ... on StaffSaved {
          staff {
            ...StaffRow
          }
        }
        ...SettingsRefusal
      }
    }
  `,
  [staffRow, refusalFacts],
);

export const setStaffStatus = graphql(
  `
    mutation SetStaffStatus($input: SetStaffStatusInput!) {
      setStaffStatus(input: $input) {
        __typename
        ... on StaffSaved {
          staff {
            ...StaffRow
          }
        }
        ...SettingsRefusal
      }
    }
  `,
  [staffRow, refusalFacts],
);

export const inviteStaff = graphql(
  `
    mutation InviteStaff($staffId: ID!) {
      inviteStaff(staffId: $staffId) {
        __typename
        ... on StaffInvited {
          sent
          path
        }
        ...SettingsRefusal
      }
    }
  `,
  [refusalFacts],
);

const keyRow = graphql(`
  fragment KeyRow on ApiKey {
    id
    name
    scopes
    sources
    createdAt
    expiresAt
    revokedAt
    lastUsedAt
    stores {
      id
      name
    }
  }
`);
export type KeyRow = ResultOf<typeof keyRow>;

export const apiKeys = graphql(
  `
    query ApiKeys($revoked: Boolean!) {
      apiKeys(revoked: $revoked) {
        ...KeyRow
      }
    }
  `,
  [keyRow],
);

export const grantableScopes = graphql(`
  query GrantableScopes {
    grantableScopes
  }
`);

export const grantApiKey = graphql(
  `
    mutation GrantApiKey($input: GrantApiKeyInput!) {
      grantApiKey(input: $input) {
        __typename
        ... on ApiKeyGranted {
          id
          key
        }
        ...SettingsRefusal
      }
    }
  `,
  [refusalFacts],
);

export const revokeApiKey = graphql(
  `
    mutation RevokeApiKey($id: ID!) {
      revokeApiKey(id: $id) {
        __typename
        ... on ApiKeyRevoked {
          id
        }
        ...SettingsRefusal
      }
    }
  `,
  [refusalFacts],
);
