import { InvalidInput, VersionConflict } from '../../platform/errors.ts';
import { builder } from '../../platform/graphql/builder.ts';
import { needId } from '../../platform/graphql/need-id.ts';
import { ProgramModeType, ProgramType } from '../loyalty.types.ts';
import { discardProgramDraft, publishProgramDraft, saveProgramDraft } from './save-draft.ts';
import { setProgramMode } from './set-program-mode.ts';
import { settingsFromClient } from './settings-json.ts';
import { startProgram } from './start-program.ts';
import { cancelPlannedVersion } from './withdraw-version.ts';

const ProgramSaved = builder
  .objectRef<{ __typename: 'ProgramSaved'; id: string }>('ProgramSaved')
  .implement({ fields: (t) => ({ program: t.field({ type: ProgramType, resolve: ({ id }) => id }) }) });
const saved = (id: string) => ({ __typename: 'ProgramSaved' as const, id });

const CreateProgramInput = builder.inputType('CreateProgramInput', {
  fields: (t) => ({
    brandId: t.id({ required: true }),
    name: t.string({ required: true, description: 'At most 200 characters.' }),
    timezone: t.string({ required: true, description: 'IANA; never changes.' }),
    fiscalMode: t.field({
      type: builder.enumType('FiscalMode', {
        description:
          'DISCOUNT: points lower the prices of lines. PAYMENT: prices stay, points are a kind of payment.',
        values: ['DISCOUNT', 'PAYMENT'] as const,
      }),
      required: true,
      defaultValue: 'DISCOUNT',
      description: 'Never changes.',
    }),
  }),
});

builder.mutationField('createProgram', (t) =>
  t.field({
    type: builder.errorUnion('CreateProgramResult', { types: [ProgramSaved, InvalidInput] }),
    description: 'For a brand without one, with the rules of the preset, switched off.',
    args: { input: t.arg({ type: CreateProgramInput, required: true }) },
    authScopes: { can: 'loyalty.write' },
    resolve: async (_root, { input }, ctx) =>
      saved(await startProgram(ctx, { ...input, brandId: needId(input.brandId, 'Brand', 'brandId') })),
  }),
);

const SaveDraftInput = builder.inputType('SaveProgramDraftInput', {
  fields: (t) => ({
    programId: t.id({ required: true }),
    version: t.int({ required: true, description: 'Of the draft, as last read.' }),
    settings: t.field({ type: 'JSON', required: true, description: 'Need not be right yet.' }),
  }),
});

builder.mutationField('saveProgramDraft', (t) =>
  t.field({
    type: builder.errorUnion('SaveProgramDraftResult', {
      types: [ProgramSaved, VersionConflict, InvalidInput],
    }),
    description: 'Keeps what is being written; nothing earns by it.',
    args: { input: t.arg({ type: SaveDraftInput, required: true }) },
    authScopes: { can: 'loyalty.write' },
    resolve: async (_root, { input }, ctx) => {
      const programId = needId(input.programId, 'Program', 'programId');
      await saveProgramDraft(ctx, { ...input, programId, settings: settingsFromClient(input.settings) });
      return saved(programId);
    },
  }),
);

const DraftInput = builder.inputType('ProgramDraftInput', {
  fields: (t) => ({
    programId: t.id({ required: true }),
    version: t.int({ required: true, description: 'Of the draft, as last read.' }),
  }),
});

builder.mutationField('discardProgramDraft', (t) =>
  t.field({
    type: builder.errorUnion('DiscardProgramDraftResult', {
      types: [ProgramSaved, VersionConflict, InvalidInput],
    }),
    args: { input: t.arg({ type: DraftInput, required: true }) },
    authScopes: { can: 'loyalty.write' },
    resolve: async (_root, { input }, ctx) => {
      const programId = needId(input.programId, 'Program', 'programId');
      await discardProgramDraft(ctx, { ...input, programId });
      return saved(programId);
    },
  }),
);

const PublishInput = builder.inputType('PublishProgramVersionInput', {
  fields: (t) => ({
    programId: t.id({ required: true }),
    version: t.int({ required: true, description: 'Of the draft that was looked at.' }),
    validFrom: t.field({ type: 'DateTime', description: 'Now where absent; never in the past.' }),
    note: t.string({ description: 'Why; at most 500 characters.' }),
  }),
});

builder.mutationField('publishProgramVersion', (t) =>
  t.field({
    type: builder.errorUnion('PublishProgramVersionResult', {
      types: [ProgramSaved, VersionConflict, InvalidInput],
    }),
    description: 'What the draft says becomes the rules. Orders keep the version they used.',
    args: { input: t.arg({ type: PublishInput, required: true }) },
    authScopes: { can: 'loyalty.write' },
    resolve: async (_root, { input }, ctx) => {
      const { version, validFrom = null, note = null } = input;
      const programId = needId(input.programId, 'Program', 'programId');
      await publishProgramDraft(ctx, { programId, version, validFrom, note });
      return saved(programId);
    },
  }),
);

const CancelInput = builder.inputType('CancelPlannedVersionInput', {
  fields: (t) => ({ programId: t.id({ required: true }), number: t.int({ required: true }) }),
});

builder.mutationField('cancelPlannedVersion', (t) =>
  t.field({
    type: builder.errorUnion('CancelPlannedVersionResult', { types: [ProgramSaved, InvalidInput] }),
    description: 'A version that has not begun never will.',
    args: { input: t.arg({ type: CancelInput, required: true }) },
    authScopes: { can: 'loyalty.write' },
    resolve: async (_root, { input: { programId, number } }, ctx) => {
      const id = needId(programId, 'Program', 'programId');
      await cancelPlannedVersion(ctx, { programId: id, number });
      return saved(id);
    },
  }),
);

const SetModeInput = builder.inputType('SetProgramModeInput', {
  fields: (t) => ({
    programId: t.id({ required: true }),
    version: t.int({ required: true, description: 'Of the program, as last read.' }),
    mode: t.field({ type: ProgramModeType, required: true }),
    liveAt: t.field({
      type: 'DateTime',
      description:
        'LIVE: from then on, now where absent. EARN_ONLY: when it becomes LIVE by itself, never where absent.',
    }),
  }),
});

builder.mutationField('setProgramMode', (t) =>
  t.field({
    type: builder.errorUnion('SetProgramModeResult', {
      types: [ProgramSaved, VersionConflict, InvalidInput],
    }),
    description: 'In every store at once.',
    args: { input: t.arg({ type: SetModeInput, required: true }) },
    authScopes: { can: 'loyalty.write' },
    resolve: async (_root, { input }, ctx) => {
      const { mode, version, liveAt = null } = input;
      const programId = needId(input.programId, 'Program', 'programId');
      await setProgramMode(ctx, { programId, version, mode, liveAt });
      return saved(programId);
    },
  }),
);
