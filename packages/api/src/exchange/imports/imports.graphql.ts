import { builder } from '../../platform/graphql/builder.ts';
import { globalId, localId } from '../../platform/graphql/global-id.ts';
import { pageCost } from '../../platform/graphql/paging.ts';
import { RefusalInterface } from '../../platform/graphql/refusal.ts';
import { InvalidInput } from '../../platform/errors.ts';
import { UnreadableFile, UnusableMapping } from '../exchange.errors.ts';
import type { FieldRule } from './mapping/fields.ts';
import { ImportNotUndoable } from './undo/undo-import.ts';
import { startImport, startUndo } from './wizard/import-tasks.ts';
import { fieldsOf, inspectUpload, type ImportKind, type UploadInspection } from './wizard/inspect-upload.ts';
import { deletePreset, readPresets, savePreset, type Preset } from './wizard/presets.ts';
import { listRuns, problemsOf, readRun, type RunRow } from './wizard/read-runs.ts';

const ImportKindEnum = builder.enumType('ImportKind', {
  values: ['ORDERS', 'PROFILES', 'PRODUCTS', 'EVENTS', 'BALANCES'] as const satisfies ImportKind[],
});

builder.objectType(UnreadableFile, {
  name: 'UnreadableFile',
  description: 'The file cannot be read at all; nothing of it was stored.',
  interfaces: [RefusalInterface],
  fields: (t) => ({
    reason: t.string({
      description:
        'EMPTY, ENCODING, DAMAGED, OPEN_QUOTE, DUPLICATE_HEADER, TOO_MANY_COLUMNS, TOO_MANY_ROWS, TOO_LARGE, PACKED_TOO_MUCH, OLD_SPREADSHEET, NO_SHEET, OTHER …',
      resolve: ({ facts }) => facts.reason,
    }),
    row: t.int({ nullable: true, resolve: ({ facts }) => facts.row ?? null }),
    columnNames: t.stringList({ resolve: ({ facts }) => [...(facts.columns ?? [])] }),
    found: t.int({ nullable: true, resolve: ({ facts }) => facts.found ?? null }),
    limit: t.float({ nullable: true, resolve: ({ facts }) => facts.limit ?? null }),
  }),
});

builder.objectType(UnusableMapping, {
  name: 'UnusableMapping',
  description: 'The mapping cannot be used, or does not fit the file; the message says what to change.',
  interfaces: [RefusalInterface],
});

builder.objectType(ImportNotUndoable, {
  name: 'ImportNotUndoable',
  interfaces: [RefusalInterface],
  fields: (t) => ({
    reason: t.string({
      description: 'UNKNOWN, RUNNING, DRY_RUN, UNDONE, ORDERS.',
      resolve: ({ reason }) => reason,
    }),
  }),
});

const ImportField = builder.objectRef<FieldRule>('ImportField').implement({
  description: 'What a column of a file may mean.',
  fields: (t) => ({
    field: t.exposeString('field'),
    many: t.boolean({ description: 'Several columns may be it.', resolve: ({ many }) => many === true }),
    named: t.boolean({
      description: 'It carries a name: `attribute:city`.',
      resolve: ({ named }) => named === true,
    }),
  }),
});

const InspectedColumn = builder.objectRef<UploadInspection['columns'][number]>('InspectedColumn').implement({
  fields: (t) => ({
    column: t.exposeString('column'),
    field: t.exposeString('field', {
      nullable: true,
      description: 'What it probably is; null: nobody knows.',
    }),
    confidence: t.exposeInt('confidence', { description: '0–100.' }),
    samples: t.exposeStringList('samples'),
  }),
});

const InspectedRow = builder.objectRef<UploadInspection['rows'][number]>('InspectedRow').implement({
  fields: (t) => ({ row: t.exposeInt('row'), fields: t.exposeStringList('fields') }),
});

const UploadInspectionType = builder.objectRef<UploadInspection>('UploadInspection').implement({
  description: 'What an uploaded file is: the first step of an import.',
  fields: (t) => ({
    fileName: t.exposeString('fileName'),
    bytes: t.exposeFloat('bytes'),
    format: t.exposeString('format', { description: 'CSV or XLSX.' }),
    encoding: t.exposeString('encoding', { nullable: true }),
    delimiter: t.exposeString('delimiter', { nullable: true }),
    kind: t.expose('kind', { type: ImportKindEnum }),
    columns: t.expose('columns', { type: [InspectedColumn] }),
    rows: t.expose('rows', { type: [InspectedRow] }),
    estimatedRows: t.exposeInt('estimatedRows', { nullable: true }),
  }),
});

const InspectUploadResult = builder.errorUnion('InspectUploadResult', {
  types: [UploadInspectionType, UnreadableFile, InvalidInput],
});

const ImportPresetType = builder.objectRef<Preset>('ImportPreset').implement({
  description: 'A mapping under a name; without an id it comes with the product.',
  fields: (t) => ({
    id: t.id({ nullable: true, resolve: ({ id }) => (id === null ? null : globalId('ImportPreset', id)) }),
    kind: t.expose('kind', { type: ImportKindEnum }),
    name: t.exposeString('name'),
    mapping: t.field({ type: 'JSON', resolve: ({ mapping }) => mapping }),
  }),
});

const ImportPresetSaved = builder
  .objectRef<{ __typename: 'ImportPresetSaved'; preset: Preset }>('ImportPresetSaved')
  .implement({ fields: (t) => ({ preset: t.expose('preset', { type: ImportPresetType }) }) });

const SaveImportPresetResult = builder.errorUnion('SaveImportPresetResult', {
  types: [ImportPresetSaved, UnusableMapping, InvalidInput],
});

const ImportProblemType = builder
  .objectRef<ReturnType<typeof problemsOf>[number]>('ImportProblem')
  .implement({
    description: 'One thing that is wrong with one row; words are made from the code.',
    fields: (t) => ({
      row: t.exposeInt('row'),
      column: t.exposeString('column', { nullable: true }),
      code: t.exposeString('code'),
      value: t.exposeString('value', {
        nullable: true,
        description: 'What stands there; null for those who may see neither imports nor contacts.',
      }),
      detail: t.exposeString('detail', { nullable: true }),
    }),
  });

const ImportRunType = builder.objectRef<RunRow>('ImportRun').implement({
  description: 'A file that was brought in or checked, and what came of it.',
  fields: (t) => ({
    id: t.id({ resolve: ({ id }) => globalId('ImportRun', id) }),
    kind: t.expose('kind', { type: ImportKindEnum }),
    source: t.exposeString('source'),
    fileName: t.exposeString('file_name'),
    mapping: t.exposeString('mapping', { description: 'Name of the mapping.' }),
    state: t.exposeString('state', { description: 'RUNNING, DONE, FAILED, CANCELLED.' }),
    dryRun: t.exposeBoolean('dry_run'),
    startedAt: t.expose('started_at', { type: 'DateTime' }),
    finishedAt: t.expose('finished_at', { type: 'DateTime', nullable: true }),
    startedBy: t.exposeString('started_by', { description: '`staff:<id>`, `system`.' }),
    taskId: t.id({
      nullable: true,
      resolve: ({ task_id }) => (task_id === null ? null : globalId('Task', task_id)),
    }),
    report: t.field({
      type: 'JSON',
      nullable: true,
      description: 'Counts by status, reasons by column, totals.',
      resolve: ({ report }) => report,
    }),
    problems: t.field({
      type: [ImportProblemType],
      description: 'The first 1,000 at most, in the order of the file.',
      args: { first: t.arg.int(), offset: t.arg.int() },
      complexity: (args) => pageCost({ first: Math.min(100, args.first ?? 50) }),
      resolve: (run, { first, offset }, ctx) => {
        const from = Math.max(0, offset ?? 0);
        return problemsOf(ctx, run).slice(from, from + Math.min(100, Math.max(1, first ?? 50)));
      },
    }),
    errorFile: t.string({
      nullable: true,
      description: 'Where the rows that were not taken can be downloaded.',
      resolve: ({ error_file_id }, _args, { actor }) =>
        error_file_id === null || !actor.scopes.has('imports.run') ? null : `/files/${error_file_id}`,
    }),
    canUndo: t.boolean({
      resolve: ({ dry_run, undone_at, state, kind }, _args, { actor }) =>
        !dry_run &&
        undone_at === null &&
        state !== 'RUNNING' &&
        kind !== 'ORDERS' &&
        actor.scopes.has('imports.run'),
    }),
    undoneAt: t.expose('undone_at', { type: 'DateTime', nullable: true }),
    undone: t.field({
      type: 'JSON',
      nullable: true,
      description: 'What was removed, restored and kept, by reason.',
      resolve: ({ undone }) => undone,
    }),
  }),
});

const ImportRunEdge = builder.edgeObject({ name: 'ImportRunEdge', type: ImportRunType });
const ImportRunConnection = builder.connectionObject(
  { name: 'ImportRunConnection', type: ImportRunType },
  ImportRunEdge,
);

const ImportStarted = builder
  .objectRef<{ __typename: 'ImportStarted'; id: string; runId: string }>('ImportStarted')
  .implement({
    fields: (t) => ({
      taskId: t.id({ resolve: ({ id }) => globalId('Task', id) }),
      runId: t.id({ resolve: ({ runId }) => globalId('ImportRun', runId) }),
    }),
  });

const StartImportResult = builder.errorUnion('StartImportResult', {
  types: [ImportStarted, UnusableMapping, UnreadableFile, InvalidInput],
});

const UndoImportResult = builder.errorUnion('UndoImportResult', {
  types: [ImportStarted, ImportNotUndoable],
});

const StartImportInput = builder.inputType('StartImportInput', {
  fields: (t) => ({
    uploadId: t.string({ required: true }),
    kind: t.field({ type: ImportKindEnum, required: true }),
    source: t.string({ required: true, description: 'Whose numbers these are.' }),
    mapping: t.field({ type: 'JSON', required: true }),
  }),
});

builder.queryFields((t) => ({
  inspectUpload: t.field({
    type: InspectUploadResult,
    authScopes: { can: 'imports.run' },
    args: {
      uploadId: t.arg.string({ required: true }),
      kind: t.arg({ type: ImportKindEnum }),
      encoding: t.arg.string(),
      delimiter: t.arg.string(),
    },
    resolve: (_root, args, ctx) => inspectUpload(ctx, args),
  }),
  importFields: t.field({
    type: [ImportField],
    authScopes: { can: 'imports.read' },
    args: { kind: t.arg({ type: ImportKindEnum, required: true }) },
    resolve: (_root, { kind }) => [...fieldsOf(kind)],
  }),
  importPresets: t.field({
    type: [ImportPresetType],
    authScopes: { can: 'imports.read' },
    args: { kind: t.arg({ type: ImportKindEnum }) },
    resolve: (_root, { kind }, ctx) => readPresets(ctx, kind ?? null),
  }),
  importRuns: t.field({
    type: ImportRunConnection,
    authScopes: { can: 'imports.read' },
    complexity: pageCost,
    args: { kind: t.arg({ type: ImportKindEnum }), first: t.arg.int(), after: t.arg.string() },
    resolve: (_root, args, ctx) => listRuns(ctx, args),
  }),
  importRun: t.field({
    type: ImportRunType,
    nullable: true,
    authScopes: { can: 'imports.read' },
    args: { id: t.arg.id({ required: true }) },
    resolve: (_root, { id }, ctx) => {
      const local = localId(id, 'ImportRun');
      return local === null ? null : readRun(ctx, local);
    },
  }),
}));

builder.mutationFields((t) => ({
  saveImportPreset: t.field({
    type: SaveImportPresetResult,
    authScopes: { can: 'imports.run' },
    args: {
      kind: t.arg({ type: ImportKindEnum, required: true }),
      name: t.arg.string({ required: true }),
      mapping: t.arg({ type: 'JSON', required: true }),
    },
    resolve: async (_root, args, ctx) => ({
      __typename: 'ImportPresetSaved' as const,
      preset: await savePreset(ctx, args),
    }),
  }),
  deleteImportPreset: t.boolean({
    authScopes: { can: 'imports.run' },
    args: { id: t.arg.id({ required: true }) },
    resolve: (_root, { id }, ctx) => {
      const local = localId(id, 'ImportPreset');
      return local === null ? false : deletePreset(ctx, local);
    },
  }),
  checkImport: t.field({
    type: StartImportResult,
    description: 'Reads and judges the whole file in the background, writes nothing.',
    authScopes: { can: 'imports.run' },
    args: { input: t.arg({ type: StartImportInput, required: true }) },
    resolve: async (_root, { input }, ctx) => started(await startImport(ctx, input, { dryRun: true })),
  }),
  startImport: t.field({
    type: StartImportResult,
    authScopes: { can: 'imports.run' },
    args: { input: t.arg({ type: StartImportInput, required: true }) },
    resolve: async (_root, { input }, ctx) => started(await startImport(ctx, input, { dryRun: false })),
  }),
  undoImport: t.field({
    type: UndoImportResult,
    description: 'Takes back what nobody has used or changed since; the rest is counted by reason.',
    authScopes: { can: 'imports.run' },
    args: { id: t.arg.id({ required: true }) },
    resolve: async (_root, { id }, ctx) => {
      const local = localId(id, 'ImportRun');
      if (local === null) throw new ImportNotUndoable('UNKNOWN');
      return { __typename: 'ImportStarted' as const, id: await startUndo(ctx, local), runId: local };
    },
  }),
}));

/** A run has the id of its task. */
function started(id: string) {
  return { __typename: 'ImportStarted' as const, id, runId: id };
}
