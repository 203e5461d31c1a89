import { RequestError } from '../../platform/errors.ts';
import { builder } from '../../platform/graphql/builder.ts';
import { globalId, localId } from '../../platform/graphql/global-id.ts';
import { cursorOf, keysOf, pageCost, pageOf, pageSize } from '../../platform/graphql/paging.ts';
import { startAuditExport } from './export-audit.ts';
import { auditActions, readAudit, type AuditFilter, type AuditRecord } from './read-audit.ts';

const NODE_OF_SUBJECT: Readonly<Record<string, string>> = {
  profile: 'Profile',
  staff: 'Staff',
  store: 'Store',
  brand: 'Brand',
  till: 'Till',
  key: 'ApiKey',
};

const AuditEntryType = builder.objectRef<AuditRecord>('AuditEntry').implement({
  description:
    'Who did or saw what; nobody can change or delete it. It names fields, ids and keyed hashes, no contact.',
  fields: (t) => ({
    id: t.id({ resolve: ({ id }) => globalId('AuditEntry', id) }),
    occurredAt: t.expose('occurredAt', { type: 'DateTime' }),
    actorKind: t.exposeString('actorKind', { description: 'STAFF, CASHIER, TILL, KIOSK, KEY, SYSTEM …' }),
    actorId: t.exposeString('actorId', { description: 'To filter by.' }),
    actorName: t.exposeString('actorName', { nullable: true }),
    action: t.exposeString('action', { description: '`till.revoked`, `profile.read` …' }),
    subject: t.exposeString('subject', { description: '`store:<id>`: to filter by.' }),
    subjectKind: t.string({ resolve: ({ subject }) => subject.slice(0, subject.indexOf(':')) }),
    subjectName: t.exposeString('subjectName', {
      nullable: true,
      description: 'Of what is configured; people are named nowhere in the audit.',
    }),
    subjectId: t.id({
      nullable: true,
      description: 'Of the API, where there is such a thing.',
      resolve: ({ subject }) => {
        const [kind = '', id = ''] = subject.split(':');
        const type = NODE_OF_SUBJECT[kind];
        return type === undefined ? null : globalId(type, id);
      },
    }),
    before: t.field({ type: 'JSON', nullable: true, resolve: ({ facts }) => facts['before'] ?? null }),
    after: t.field({ type: 'JSON', nullable: true, resolve: ({ facts }) => facts['after'] ?? null }),
    facts: t.field({
      type: 'JSON',
      description: 'Whatever else is told.',
      resolve: ({ facts: { before: _before, after: _after, ...facts } }) => facts,
    }),
  }),
});

const AuditEntryEdge = builder.edgeObject({ name: 'AuditEntryEdge', type: AuditEntryType });
const AuditEntryConnection = builder.connectionObject(
  { name: 'AuditEntryConnection', type: AuditEntryType },
  AuditEntryEdge,
);

const AuditFilterInput = builder.inputType('AuditFilter', {
  fields: (t) => ({
    actorId: t.string({ description: 'As an entry tells it, or an id of Staff, Till or ApiKey.' }),
    action: t.string({ description: 'Whole, or its beginning up to a dot: `till`.' }),
    subject: t.string({ description: 'As an entry tells it: `store:<id>`.' }),
    from: t.field({ type: 'DateTime' }),
    to: t.field({ type: 'DateTime', description: 'Not included.' }),
  }),
});

function filterOf(input: typeof AuditFilterInput.$inferInput | null | undefined): AuditFilter {
  const { actorId = null, action = null, subject = null, from = null, to = null } = input ?? {};
  const known = ['Staff', 'Till', 'ApiKey'].map((type) => localId(actorId ?? '', type));
  return { actorId: known.find((id) => id !== null) ?? actorId, action, subject, from, to };
}

builder.queryField('auditEntries', (t) =>
  t.field({
    type: AuditEntryConnection,
    description: 'The newest first.',
    complexity: pageCost,
    args: { filter: t.arg({ type: AuditFilterInput }), first: t.arg.int(), after: t.arg.string() },
    authScopes: { can: 'audit.read' },
    resolve: async (_root, { filter, first, after }, ctx) => {
      const size = pageSize(first);
      const key = keysOf(after, 2);
      const rows = await readAudit(ctx, filterOf(filter), { after: placeOf(key), limit: size + 1 });
      return pageOf(rows, size, key !== null, ({ occurredAt, id }) => cursorOf(occurredAt, id));
    },
  }),
);

function placeOf(key: readonly string[] | null): [Date, string] | null {
  if (key === null) return null;
  const [at = '', id = ''] = key;
  const moment = new Date(at);
  if (Number.isNaN(moment.getTime()))
    throw new RequestError('BAD_REQUEST', 'after is no cursor of this list.');
  return [moment, id];
}

builder.queryField('auditActions', (t) =>
  t.stringList({
    description: 'Every kind of action there is in the audit.',
    authScopes: { can: 'audit.read' },
    resolve: (_root, _args, ctx) => auditActions(ctx),
  }),
);

builder.mutationField('exportAudit', (t) =>
  t.field({
    type: 'ID',
    description: 'Makes a CSV file of the entries in the background. Answers the id of the task.',
    args: { filter: t.arg({ type: AuditFilterInput }) },
    authScopes: { can: 'audit.read' },
    resolve: async (_root, { filter }, ctx) =>
      globalId('Task', await startAuditExport(ctx, filterOf(filter))),
  }),
);
