import { graphql, type ResultOf } from '../../app/graphql.ts';
import { refusalFacts } from './refusals.ts';

export const brandRow = graphql(`
  fragment BrandRow on Brand {
    id
    code
    name
    version
    createdAt
    archivedAt
  }
`);
export type BrandRow = ResultOf<typeof brandRow>;

export const brands = graphql(
  `
    query SettingsBrands($archived: Boolean!) {
      brands(archived: $archived) {
        ...BrandRow
      }
    }
  `,
  [brandRow],
);

export const createBrand = graphql(
  `
    mutation CreateBrand($input: CreateBrandInput!) {
      createBrand(input: $input) {
        __typename
        ... on BrandSaved {
          brand {
            ...BrandRow
          }
        }
        ...SettingsRefusal
      }
    }
  `,
  [brandRow, refusalFacts],
);

export const editBrand = graphql(
  `
    mutation EditBrand($input: EditBrandInput!) {
      editBrand(input: $input) {
        __typename
        ... on BrandSaved {
          brand {
            ...BrandRow
          }
        }
        ...SettingsRefusal
      }
    }
  `,
  [brandRow, refusalFacts],
);

export const archiveBrand = graphql(
  `
    mutation ArchiveBrand($input: ArchiveInput!) {
      archiveBrand(input: $input) {
        __typename
        ... on BrandSaved {
          brand {
            ...BrandRow
          }
        }
        ...SettingsRefusal
      }
    }
  `,
  [brandRow, refusalFacts],
);

export const storeRow = graphql(`
  fragment StoreRow on Store {
    id
    code
    name
    timeZone
    currency
    country
    language
    version
    archivedAt
    brand {
      id
      name
    }
  }
`);
export type StoreRow = ResultOf<typeof storeRow>;

export const stores = graphql(
  `
    query SettingsStores($brandId: ID, $search: String, $archived: Boolean!, $first: Int, $after: String) {
      stores(brandId: $brandId, search: $search, archived: $archived, first: $first, after: $after) {
        edges {
          node {
            ...StoreRow
          }
        }
        pageInfo {
          endCursor
          hasNextPage
        }
      }
    }
  `,
  [storeRow],
);

export const storeById = graphql(
  `
    query SettingsStore($id: ID!) {
      node(id: $id) {
        __typename
        ... on Store {
          ...StoreRow
          currencyFixed
        }
      }
    }
  `,
  [storeRow],
);

export const createStore = graphql(
  `
    mutation CreateStore($input: CreateStoreInput!) {
      createStore(input: $input) {
        __typename
        ... on StoreSaved {
          store {
            ...StoreRow
          }
        }
        ...SettingsRefusal
      }
    }
  `,
  [storeRow, refusalFacts],
);

export const editStore = graphql(
  `
    mutation EditStore($input: EditStoreInput!) {
      editStore(input: $input) {
        __typename
        ... on StoreSaved {
          store {
            ...StoreRow
          }
        }
        ...SettingsRefusal
      }
    }
  `,
  [storeRow, refusalFacts],
);

export const archiveStore = graphql(
  `
    mutation ArchiveStore($input: ArchiveInput!) {
      archiveStore(input: $input) {
        __typename
        ... on StoreSaved {
          store {
            ...StoreRow
          }
        }
        ...SettingsRefusal
      }
    }
  `,
  [storeRow, refusalFacts],
);

export const tillRow = graphql(`
  fragment TillRow on Till {
    id
    name
    kind
    source
    version
    pairedAt
    lastSeenAt
    revokedAt
    pairingExpiresAt
    store {
      id
      name
    }
  }
`);
export type TillRow = ResultOf<typeof tillRow>;

export const tills = graphql(
  `
    query SettingsTills($storeId: ID, $revoked: Boolean!, $first: Int, $after: String) {
      tills(storeId: $storeId, revoked: $revoked, first: $first, after: $after) {
        edges {
          node {
            ...TillRow
          }
        }
        pageInfo {
          endCursor
          hasNextPage
        }
      }
    }
  `,
  [tillRow],
);

export const tillById = graphql(
  `
    query SettingsTill($id: ID!) {
      node(id: $id) {
        __typename
        ... on Till {
          ...TillRow
        }
      }
    }
  `,
  [tillRow],
);

export const createTill = graphql(
  `
    mutation CreateTill($input: CreateTillInput!) {
      createTill(input: $input) {
        __typename
        ... on TillSaved {
          till {
            ...TillRow
          }
        }
        ...SettingsRefusal
      }
    }
  `,
  [tillRow, refusalFacts],
);

export const renameTill = graphql(
  `
    mutation RenameTill($input: RenameTillInput!) {
      renameTill(input: $input) {
        __typename
        ... on TillSaved {
          till {
            ...TillRow
          }
        }
        ...SettingsRefusal
      }
    }
  `,
  [tillRow, refusalFacts],
);

export const issuePairingCode = graphql(
  `
    mutation IssuePairingCode($tillId: ID!) {
      issuePairingCode(tillId: $tillId) {
        __typename
        ... on PairingCodeIssued {
          code
          validForSeconds
        }
        ...SettingsRefusal
      }
    }
  `,
  [refusalFacts],
);

export const revokeTill = graphql(
  `
    mutation RevokeTill($tillId: ID!) {
      revokeTill(tillId: $tillId) {
        __typename
        ... on TillSaved {
          till {
            ...TillRow
          }
        }
        ...SettingsRefusal
      }
    }
  `,
  [tillRow, refusalFacts],
);
