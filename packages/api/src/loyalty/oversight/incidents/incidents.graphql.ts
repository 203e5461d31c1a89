import { StoreType } from '../../../company/index.ts';
import { InvalidInput } from '../../../platform/errors.ts';
import { builder } from '../../../platform/graphql/builder.ts';
import { globalId, localId } from '../../../platform/graphql/global-id.ts';
import { pageCost } from '../../../platform/graphql/paging.ts';
import { ProfileType } from '../../../profiles/index.ts';
import { INCIDENT_KINDS } from '../../ledger/incident.entity.ts';
import { IncidentType } from '../oversight.types.ts';
import { countIncidents, listIncidents, type IncidentCount } from './list-incidents.ts';
import { closeIncidents, reopenIncidents, type IncidentsSettled } from './settle-incidents.ts';

const IncidentKindType = builder.enumType('IncidentKind', { values: INCIDENT_KINDS });

builder.objectType(IncidentType, {
  description: 'Something that went through although it should not have; staff settle it.',
  fields: (t) => ({
    id: t.id({ resolve: ({ id }) => globalId('Incident', id) }),
    kind: t.expose('kind', { type: IncidentKindType }),
    profile: t.field({
      type: ProfileType,
      nullable: true,
      description: 'Whose points it is about; the walk-in profile of a place where nobody was known.',
      resolve: ({ profileId }) => profileId,
    }),
    store: t.field({ type: StoreType, nullable: true, resolve: ({ storeId }) => storeId }),
    facts: t.field({
      type: 'JSON',
      description: 'In numbers: points, money in minor units, moments; by kind.',
      resolve: ({ facts }) => facts,
    }),
    occurredAt: t.expose('occurredAt', { type: 'DateTime' }),
    closedAt: t.expose('closedAt', { type: 'DateTime', nullable: true }),
    closedBy: t.exposeString('closedBy', { nullable: true }),
    closedNote: t.exposeString('closedNote', { nullable: true }),
  }),
});

const IncidentCountType = builder.objectRef<IncidentCount>('IncidentCount').implement({
  fields: (t) => ({ kind: t.expose('kind', { type: IncidentKindType }), open: t.exposeInt('open') }),
});

builder.queryFields((t) => ({
  incidents: t.connection({
    type: IncidentType,
    description: 'The newest first; of the caller’s stores.',
    authScopes: { can: 'loyalty.read' },
    args: {
      kinds: t.arg({ type: [IncidentKindType] }),
      open: t.arg.boolean({ description: 'true: open ones; false: closed ones; absent: both.' }),
      storeId: t.arg.id(),
      from: t.arg({ type: 'DateTime' }),
      to: t.arg({ type: 'DateTime', description: 'Not included.' }),
    },
    complexity: (args) => pageCost(args),
    resolve: (_root, { storeId, ...args }, ctx) =>
      listIncidents(ctx, { ...args, storeId: storeId ? (localId(storeId, 'Store') ?? NOWHERE) : null }),
  }),
  incidentCounts: t.field({
    type: [IncidentCountType],
    description: 'Open ones by kind; every kind is told.',
    authScopes: { can: 'loyalty.read' },
    resolve: (_root, _args, ctx) => countIncidents(ctx),
  }),
}));

const NOWHERE = '00000000-0000-0000-0000-000000000000';

const IncidentsSettledType = builder.objectRef<IncidentsSettled>('IncidentsSettled').implement({
  fields: (t) => ({
    incidents: t.field({ type: [IncidentType], resolve: ({ incidents }) => incidents }),
    changed: t.exposeInt('changed', { description: 'The others stood so already.' }),
  }),
});

const SettledResult = builder.errorUnion('SettleIncidentsResult', {
  types: [IncidentsSettledType, InvalidInput],
});

const CloseIncidentsInput = builder.inputType('CloseIncidentsInput', {
  description: '1–100 incidents; the note says what was done.',
  fields: (t) => ({
    incidentIds: t.idList({ required: true }),
    note: t.string({ required: true }),
  }),
});

builder.mutationFields((t) => ({
  closeIncidents: t.field({
    type: SettledResult,
    authScopes: { can: 'incidents.settle' },
    args: { input: t.arg({ type: CloseIncidentsInput, required: true }) },
    resolve: (_root, { input }, ctx) =>
      closeIncidents(ctx, { incidentIds: idsOf(input.incidentIds), note: input.note }),
  }),
  reopenIncidents: t.field({
    type: SettledResult,
    authScopes: { can: 'incidents.settle' },
    args: { incidentIds: t.arg.idList({ required: true }) },
    resolve: (_root, { incidentIds }, ctx) => reopenIncidents(ctx, { incidentIds: idsOf(incidentIds) }),
  }),
}));

function idsOf(ids: readonly string[]): string[] {
  return ids.map((id) => localId(id, 'Incident') ?? '');
}
