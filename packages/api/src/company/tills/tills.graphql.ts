import { InvalidInput, VersionConflict } from '../../platform/errors.ts';
import { builder } from '../../platform/graphql/builder.ts';
import { needId } from '../../platform/graphql/need-id.ts';
import { cursorOf, keysOf, pageCost, pageOf, pageSize } from '../../platform/graphql/paging.ts';
import { TillKind, TillType } from '../company.types.ts';
import { createTill } from './create-till.ts';
import { issuePairingCode } from './issue-pairing-code.ts';
import { readTillsOf } from './read-tills.ts';
import { renameTill } from './rename-till.ts';
import { revokeTill } from './revoke-till.ts';

builder.objectFields(TillType, (t) => ({
  version: t.exposeInt('version', { description: 'Goes with every edit: see VersionConflict.' }),
  pairedAt: t.expose('pairedAt', {
    type: 'DateTime',
    nullable: true,
    description: 'When the device that is this till now was paired; null: none yet.',
  }),
  lastSeenAt: t.expose('lastSeenAt', {
    type: 'DateTime',
    nullable: true,
    description: 'When it last called, to the minute.',
  }),
  revokedAt: t.expose('revokedAt', {
    type: 'DateTime',
    nullable: true,
    description: 'Its device is out until another is paired.',
  }),
  pairingExpiresAt: t.expose('pairingExpiresAt', {
    type: 'DateTime',
    nullable: true,
    description: 'Of a pairing code nobody has typed yet.',
  }),
}));

const TillEdge = builder.edgeObject({ name: 'TillEdge', type: TillType });
const TillConnection = builder.connectionObject({ name: 'TillConnection', type: TillType }, TillEdge);

builder.queryField('tills', (t) =>
  t.field({
    type: TillConnection,
    description: "Of the caller's stores that are in use, by store and name.",
    complexity: pageCost,
    args: {
      storeId: t.arg.id(),
      revoked: t.arg.boolean({ required: true, defaultValue: false, description: 'Revoked ones too.' }),
      first: t.arg.int(),
      after: t.arg.string(),
    },
    authScopes: { can: 'settings.read' },
    resolve: async (_root, { storeId, revoked, first, after }, ctx) => {
      const size = pageSize(first);
      const key = keysOf(after, 3);
      const rows = await readTillsOf(ctx, {
        storeId: storeId ? needId(storeId, 'Store', 'storeId') : null,
        revoked,
        after: key as [string, string, string] | null,
        limit: size + 1,
      });
      return pageOf(rows, size, key !== null, ({ store, name, id }) => cursorOf(store.name, name, id));
    },
  }),
);

const TillSaved = builder.objectRef<{ __typename: 'TillSaved'; id: string }>('TillSaved').implement({
  fields: (t) => ({ till: t.field({ type: TillType, resolve: ({ id }) => id }) }),
});
const saved = (id: string) => ({ __typename: 'TillSaved' as const, id });

const CreateTillInput = builder.inputType('CreateTillInput', {
  fields: (t) => ({
    storeId: t.id({ required: true, description: 'Never changes.' }),
    name: t.string({ required: true, description: 'At most 100 characters.' }),
    kind: t.field({ type: TillKind, required: true, description: 'Never changes.' }),
  }),
});

builder.mutationField('createTill', (t) =>
  t.field({
    type: builder.errorUnion('CreateTillResult', { types: [TillSaved, InvalidInput] }),
    description: 'A till nobody can use before a device is paired with it.',
    args: { input: t.arg({ type: CreateTillInput, required: true }) },
    authScopes: { can: 'settings.write' },
    resolve: async (_root, { input }, ctx) =>
      saved(await createTill(ctx, { ...input, storeId: needId(input.storeId, 'Store', 'storeId') })),
  }),
);

const RenameTillInput = builder.inputType('RenameTillInput', {
  fields: (t) => ({
    id: t.id({ required: true }),
    version: t.int({ required: true, description: 'The one the edit began with.' }),
    name: t.string({ required: true }),
  }),
});

builder.mutationField('renameTill', (t) =>
  t.field({
    type: builder.errorUnion('RenameTillResult', { types: [TillSaved, VersionConflict, InvalidInput] }),
    args: { input: t.arg({ type: RenameTillInput, required: true }) },
    authScopes: { can: 'settings.write' },
    resolve: async (_root, { input }, ctx) => {
      const id = needId(input.id, 'Till', 'id');
      await renameTill(ctx, { ...input, id });
      return saved(id);
    },
  }),
);

interface CodeIssued {
  __typename: 'PairingCodeIssued';
  tillId: string;
  code: string;
  expiresAt: Date;
}

const PairingCodeIssued = builder.objectRef<CodeIssued>('PairingCodeIssued').implement({
  fields: (t) => ({
    till: t.field({ type: TillType, resolve: ({ tillId }) => tillId }),
    code: t.exposeString('code', { description: 'Eight signs, for one device, once; shown here only.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime' }),
    validForSeconds: t.int({
      description: "For a countdown: a demo's clock is not the browser's.",
      resolve: ({ expiresAt }, _args, { clock }) =>
        Math.max(0, Math.round((expiresAt.getTime() - clock.now().getTime()) / 1000)),
    }),
  }),
});

builder.mutationField('issuePairingCode', (t) =>
  t.field({
    type: builder.errorUnion('IssuePairingCodeResult', { types: [PairingCodeIssued, InvalidInput] }),
    description: 'To be typed on the device; an earlier code of this till ends, its device works until then.',
    args: { tillId: t.arg.id({ required: true }) },
    authScopes: { can: 'settings.write' },
    resolve: async (_root, args, ctx) => {
      const tillId = needId(args.tillId, 'Till', 'tillId');
      const issued = await issuePairingCode(ctx, { tillId });
      return { __typename: 'PairingCodeIssued' as const, tillId, ...issued };
    },
  }),
);

builder.mutationField('revokeTill', (t) =>
  t.field({
    type: builder.errorUnion('RevokeTillResult', { types: [TillSaved, InvalidInput] }),
    description: 'A lost or stolen device: it, and whoever is signed in on it, stops within seconds.',
    args: { tillId: t.arg.id({ required: true }) },
    authScopes: { can: 'settings.write' },
    resolve: async (_root, args, ctx) => {
      const tillId = needId(args.tillId, 'Till', 'tillId');
      await revokeTill(ctx, { tillId });
      return saved(tillId);
    },
  }),
);
