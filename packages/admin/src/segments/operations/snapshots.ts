import { graphql } from '../../app/graphql.ts';
import { refusalFacts } from '../../app/refusal-facts.ts';

export const takeSnapshot = graphql(
  `
    mutation TakeSegmentSnapshot($segmentId: ID!, $name: String!) {
      takeSegmentSnapshot(segmentId: $segmentId, name: $name) {
        __typename
        ... on SegmentSnapshotTaken {
          snapshot {
            id
            name
            size
          }
        }
        ...RefusalFacts
      }
    }
  `,
  [refusalFacts],
);

export const deleteSnapshot = graphql(
  `
    mutation DeleteSegmentSnapshot($id: ID!) {
      deleteSegmentSnapshot(id: $id) {
        __typename
        ... on SegmentSnapshotDeleted {
          deleted
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

export const exportSegment = graphql(
  `
    mutation ExportSegment($segmentId: ID!, $format: SegmentExportFormat!) {
      exportSegment(segmentId: $segmentId, format: $format) {
        __typename
        ... on SegmentTaskStarted {
          task {
            id
          }
        }
        ...RefusalFacts
      }
    }
  `,
  [refusalFacts],
);
