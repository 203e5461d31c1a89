import { graphql, type ResultOf } from '../app/graphql.ts';
import { refusalFacts } from '../app/refusal-facts.ts';

const runFacts = graphql(`
  fragment ImportRunFacts on ImportRun {
    id
    kind
    source
    fileName
    mapping
    state
    dryRun
    startedAt
    finishedAt
    report
    errorFile
    canUndo
    undoneAt
    undone
    taskId
  }
`);

export const importRuns = graphql(
  `
    query ImportRuns($kind: ImportKind, $first: Int, $after: String) {
      importRuns(kind: $kind, first: $first, after: $after) {
        edges {
          node {
            ...ImportRunFacts
          }
        }
        pageInfo {
          endCursor
          hasNextPage
        }
      }
    }
  `,
  [runFacts],
);

export const importRun = graphql(
  `
    query ImportRunById($id: ID!, $first: Int, $offset: Int) {
      importRun(id: $id) {
        ...ImportRunFacts
        problems(first: $first, offset: $offset) {
          row
          column
          code
          value
          detail
        }
      }
    }
  `,
  [runFacts],
);

export type ImportRunRow = ResultOf<typeof runFacts>;
export type FoundRun = NonNullable<ResultOf<typeof importRun>['importRun']>;
export type ImportProblem = FoundRun['problems'][number];
export type ImportKind = ImportRunRow['kind'];

export const inspectUpload = graphql(
  `
    query InspectUpload($uploadId: String!, $kind: ImportKind, $encoding: String, $delimiter: String) {
      inspectUpload(uploadId: $uploadId, kind: $kind, encoding: $encoding, delimiter: $delimiter) {
        __typename
        ... on UploadInspection {
          fileName
          bytes
          format
          encoding
          delimiter
          kind
          estimatedRows
          columns {
            column
            field
            confidence
            samples
          }
          rows {
            row
            fields
          }
        }
        ... on UnreadableFile {
          reason
          row
          columnNames
          found
          limit
        }
        ...RefusalFacts
      }
    }
  `,
  [refusalFacts],
);

export type Inspection = Extract<
  ResultOf<typeof inspectUpload>['inspectUpload'],
  { __typename: 'UploadInspection' }
>;

export const importChoices = graphql(`
  query ImportChoices($kind: ImportKind!) {
    importFields(kind: $kind) {
      field
      many
      named
    }
    importPresets(kind: $kind) {
      id
      name
      mapping
    }
  }
`);

export type FieldRule = ResultOf<typeof importChoices>['importFields'][number];
export type Preset = ResultOf<typeof importChoices>['importPresets'][number];

export const saveImportPreset = graphql(
  `
    mutation SaveImportPreset($kind: ImportKind!, $name: String!, $mapping: JSON!) {
      saveImportPreset(kind: $kind, name: $name, mapping: $mapping) {
        __typename
        ... on ImportPresetSaved {
          preset {
            id
            name
            mapping
          }
        }
        ...RefusalFacts
      }
    }
  `,
  [refusalFacts],
);

export const checkImport = graphql(
  `
    mutation CheckImport($input: StartImportInput!) {
      checkImport(input: $input) {
        __typename
        ... on ImportStarted {
          taskId
          runId
        }
        ... on UnreadableFile {
          reason
          row
        }
        ... on Refusal {
          message
        }
        ...RefusalFacts
      }
    }
  `,
  [refusalFacts],
);

export const startImport = graphql(
  `
    mutation StartImport($input: StartImportInput!) {
      startImport(input: $input) {
        __typename
        ... on ImportStarted {
          taskId
          runId
        }
        ... on UnreadableFile {
          reason
          row
        }
        ...RefusalFacts
      }
    }
  `,
  [refusalFacts],
);

export const undoImport = graphql(
  `
    mutation UndoImport($id: ID!) {
      undoImport(id: $id) {
        __typename
        ... on ImportStarted {
          taskId
          runId
        }
        ... on ImportNotUndoable {
          reason
        }
        ...RefusalFacts
      }
    }
  `,
  [refusalFacts],
);
