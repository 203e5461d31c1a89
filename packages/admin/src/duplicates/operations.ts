import { graphql, type ResultOf } from '../app/graphql.ts';
import { refusalFacts } from '../app/refusal-facts.ts';

const personOfPair = graphql(`
  fragment PersonOfPair on Profile {
    id
    givenName
    familyName
    patronymic
    phone
  }
`);

export const candidates = graphql(
  `
    query DuplicateCandidates($state: DuplicateState, $first: Int, $after: String) {
      duplicateCandidates(state: $state, first: $first, after: $after) {
        edges {
          node {
            id
            probability
            claimed
            state
            evidence {
              kind
              level
              swapped
              weight
            }
            older {
              ...PersonOfPair
            }
            newer {
              ...PersonOfPair
            }
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
      duplicatesSummary {
        open
        skipped
        waiting
      }
    }
  `,
  [personOfPair],
);

export type Candidate = ResultOf<typeof candidates>['duplicateCandidates']['edges'][number]['node'];

export const mergeable = graphql(`
  query MergeableShoppers($search: String!) {
    customers(filter: { search: $search }, first: 10) {
      edges {
        node {
          lastOrderAt
          ordersCount
          profile {
            id
            givenName
            familyName
            patronymic
            birthDate
            phone
            email
          }
        }
      }
    }
  }
`);

export const shopperToMerge = graphql(`
  query ShopperToMerge($id: ID!) {
    profile(ref: { id: $id }) {
      id
      givenName
      familyName
      patronymic
    }
  }
`);

/** One of two who may be the same. */
const personToMerge = graphql(`
  fragment PersonToMerge on Profile {
    id
    givenName
    familyName
    patronymic
    createdAt
    preferredStore {
      id
      name
    }
    attributes {
      code
      nameRu
      nameEn
    }
    identities {
      id
      kind
      masked
      verifiedAt
    }
  }
`);

export const mergePreview = graphql(
  `
    query MergePreview($survivorId: ID!, $otherId: ID!) {
      previewMerge(survivorId: $survivorId, otherId: $otherId) {
        survivorVersion
        otherVersion
        tags
        survivor {
          ...PersonToMerge
        }
        other {
          ...PersonToMerge
        }
        fields {
          field
          differs
          suggested
          survivor {
            value
            source
            at
          }
          other {
            value
            source
            at
          }
        }
        counts {
          what
          survivor
          other
        }
        points {
          program {
            id
            name
          }
          survivor
          other
          joined
          pending
          held
          debt
        }
        consents {
          purpose
          channel
          topic
          granted
          givenAt
          from
          disagree
        }
      }
    }
  `,
  [personToMerge],
);

export type Preview = ResultOf<typeof mergePreview>['previewMerge'];
export type PreviewField = Preview['fields'][number];

export const mergeProfiles = graphql(
  `
    mutation MergeProfiles($input: MergeProfilesInput!) {
      mergeProfiles(input: $input) {
        __typename
        ... on ProfilesMerged {
          mergeId
          profile {
            id
          }
        }
        ... on AlreadyMerged {
          survivor {
            id
          }
        }
        ... on ProfilesChanged {
          code
        }
        ... on IdempotencyConflict {
          code
        }
        ...RefusalFacts
      }
    }
  `,
  [refusalFacts],
);

export const undoMerge = graphql(
  `
    mutation UndoMerge($input: UndoMergeInput!) {
      undoMerge(input: $input) {
        __typename
        ... on MergeTakenBack {
          mergeId
          profile {
            id
          }
        }
        ... on MergeUndone {
          undoneAt
        }
        ... on LaterMergeFirst {
          mergeId
        }
        ... on MergeFinal {
          code
        }
        ... on PointsSpentSinceMerge {
          spent
          available
        }
        ... on PurchaseInProgress {
          holdExpiresAt
        }
        ... on IdempotencyConflict {
          code
        }
        ...RefusalFacts
      }
    }
  `,
  [refusalFacts],
);

export const decideDuplicate = graphql(
  `
    mutation DecideDuplicate($input: DecideDuplicateInput!) {
      decideDuplicate(input: $input) {
        __typename
        ... on DuplicateDecided {
          candidate {
            id
            state
          }
        }
        ...RefusalFacts
      }
    }
  `,
  [refusalFacts],
);

export const startScan = graphql(`
  mutation StartDuplicateScan {
    startDuplicateScan
  }
`);

export const merges = graphql(`
  query Merges($profileId: ID, $first: Int, $after: String) {
    merges(profileId: $profileId, first: $first, after: $after) {
      edges {
        node {
          id
          mergedAt
          otherName
          automatic
          probability
          by
          fields
          undoneAt
          evidence {
            kind
            level
            swapped
            weight
          }
          survivor {
            id
            givenName
            familyName
            patronymic
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

export type MergeRow = ResultOf<typeof merges>['merges']['edges'][number]['node'];
