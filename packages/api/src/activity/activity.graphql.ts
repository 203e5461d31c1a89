import { ProfileRefType, ProfileType } from '../profiles/index.ts';
import { IdempotencyConflict, InvalidInput, VersionConflict } from '../platform/errors.ts';
import { builder } from '../platform/graphql/builder.ts';
import { pageCost } from '../platform/graphql/paging.ts';
import { RecordStatusType } from '../platform/graphql/record-status.ts';
import { InputProblemType } from '../platform/graphql/refusal.ts';
import { PROPERTY_TYPES, type DefinedKind, type DefinedProperty } from './definitions/defined-kind.ts';
import { definedKinds, readDefinitions } from './definitions/read-definitions.ts';
import { archiveDefinition, saveDefinition } from './definitions/save-definition.ts';
import { eventStatistics, type CountedKind, type EventStatistics } from './reading/event-statistics.ts';
import { listEvents, type EventRecord } from './reading/list-events.ts';
import { watchEvents, type EventTail } from './reading/watch-events.ts';
import type { EventResult, EventsRecorded } from './recording/event-batch.ts';
import { recordEvents } from './recording/record-events.ts';

const EventInputType = builder.inputType('EventInput', {
  description:
    'deviceId: an unknown visitor until joined to a person. Whole numbers above 2^53 in properties are refused: send ids as strings.',
  fields: (t) => ({
    id: t.string({ required: true }),
    kind: t.string({ required: true }),
    occurredAt: t.field({ type: 'DateTime', required: true }),
    profile: t.field({ type: ProfileRefType }),
    deviceId: t.string(),
    properties: t.field({ type: 'JSON' }),
  }),
});

const RecordEventsInput = builder.inputType('RecordEventsInput', {
  description:
    '≤ 1,000 events, ≤ 8 MiB a call. requestId optional: each event is idempotent by (source, id) on its own.',
  fields: (t) => ({
    requestId: t.id(),
    source: t.string({ required: true }),
    events: t.field({ type: [EventInputType], required: true }),
  }),
});

const RecordedEventType = builder.objectRef<EventResult>('RecordedEvent').implement({
  fields: (t) => ({
    id: t.exposeString('id'),
    status: t.expose('status', { type: RecordStatusType }),
    problems: t.expose('problems', { type: [InputProblemType] }),
  }),
});

const EventsRecordedType = builder.objectRef<EventsRecorded>('EventsRecorded').implement({
  fields: (t) => ({ results: t.expose('results', { type: [RecordedEventType] }) }),
});

builder.mutationField('recordEvents', (t) =>
  t.field({
    type: builder.errorUnion('RecordEventsResult', {
      types: [EventsRecordedType, IdempotencyConflict, InvalidInput],
    }),
    authScopes: { can: 'events.write' },
    args: { input: t.arg({ type: RecordEventsInput, required: true }) },
    resolve: (_root, { input }, ctx) => recordEvents(ctx, input),
  }),
);

const EventType = builder.objectRef<EventRecord>('Event').implement({
  description: 'What somebody did on a site or in an app.',
  fields: (t) => ({
    id: t.exposeID('id'),
    kind: t.exposeString('kind'),
    defined: t.boolean({
      description: 'Somebody described its kind.',
      resolve: async ({ kind }, _args, ctx) => (await definedKinds(ctx)).has(kind),
    }),
    source: t.exposeString('source'),
    externalId: t.exposeString('externalId'),
    occurredAt: t.expose('occurredAt', { type: 'DateTime' }),
    recordedAt: t.expose('recordedAt', { type: 'DateTime' }),
    properties: t.expose('properties', {
      type: 'JSON',
      description: 'Without profiles.contacts values that look like one are hidden.',
    }),
    profile: t.field({
      type: ProfileType,
      nullable: true,
      description: 'A person or a visitor; null for callers who may see no profiles.',
      resolve: ({ profileId }, _args, { actor }) => (actor.scopes.has('profiles.read') ? profileId : null),
    }),
  }),
});

const EventFilterType = builder.inputType('EventFilter', {
  description: 'from inclusive, to exclusive, of when they came in; without from the last 31 days.',
  fields: (t) => ({
    kinds: t.stringList(),
    source: t.string(),
    from: t.field({ type: 'DateTime' }),
    to: t.field({ type: 'DateTime' }),
  }),
});

const EventEdge = builder.edgeObject({ name: 'EventEdge', type: EventType });
const EventConnection = builder.connectionObject({ name: 'EventConnection', type: EventType }, EventEdge);

builder.queryField('events', (t) =>
  t.field({
    type: EventConnection,
    description: 'What came in, the newest first.',
    authScopes: { can: 'events.read' },
    args: { filter: t.arg({ type: EventFilterType }), first: t.arg.int(), after: t.arg.string() },
    complexity: pageCost,
    resolve: (_root, { filter, ...page }, ctx) => listEvents(ctx, filter ?? {}, page),
  }),
);

const EventTailType = builder.objectRef<EventTail>('EventTail').implement({
  fields: (t) => ({
    events: t.expose('events', { type: [EventType], description: 'Oldest first, 10 at most.' }),
    more: t.exposeBoolean('more', { description: 'More came in than are shown.' }),
  }),
});

builder.subscriptionField('eventsRecorded', (t) =>
  t.field({
    type: EventTailType,
    description: 'A sample of what comes in, at most 20 events a second.',
    authScopes: { can: 'events.read' },
    args: { kinds: t.arg.stringList(), source: t.arg.string() },
    subscribe: (_root, filter, ctx) => watchEvents(ctx, filter),
    resolve: (tail) => tail,
  }),
);

const CountedKindType = builder.objectRef<CountedKind>('EventKindCount').implement({
  fields: (t) => ({
    kind: t.exposeString('kind', { description: 'Empty: of no kind that can be.' }),
    defined: t.exposeBoolean('defined'),
    recorded: t.exposeInt('recorded'),
    rejected: t.exposeInt('rejected'),
    byHour: t.exposeIntList('byHour', { description: 'Recorded in each of the hours.' }),
  }),
});

const CountedSourceType = builder
  .objectRef<EventStatistics['sources'][number]>('EventSourceCount')
  .implement({
    fields: (t) => ({
      source: t.exposeString('source'),
      recorded: t.exposeInt('recorded'),
      rejected: t.exposeInt('rejected'),
    }),
  });

const EventStatisticsType = builder.objectRef<EventStatistics>('EventStatistics').implement({
  description: 'Of the last 24 hours, by when events came in.',
  fields: (t) => ({
    hours: t.expose('hours', { type: ['DateTime'] }),
    kinds: t.expose('kinds', { type: [CountedKindType] }),
    sources: t.expose('sources', { type: [CountedSourceType] }),
  }),
});

builder.queryField('eventStatistics', (t) =>
  t.field({
    type: EventStatisticsType,
    authScopes: { can: 'events.read' },
    resolve: (_root, _args, ctx) => eventStatistics(ctx),
  }),
);

const PropertyTypeType = builder.enumType('EventPropertyType', { values: PROPERTY_TYPES });

const EventPropertyType = builder.objectRef<DefinedProperty>('EventProperty').implement({
  fields: (t) => ({
    code: t.exposeString('code'),
    type: t.expose('type', { type: PropertyTypeType }),
    required: t.exposeBoolean('required'),
  }),
});

const EventDefinitionType = builder.objectRef<DefinedKind>('EventDefinition').implement({
  fields: (t) => ({
    code: t.exposeString('code'),
    nameRu: t.exposeString('nameRu'),
    nameEn: t.exposeString('nameEn'),
    properties: t.field({ type: [EventPropertyType], resolve: ({ properties }) => [...properties] }),
    builtIn: t.exposeBoolean('builtIn'),
    version: t.exposeInt('version', { description: '0: as it is built in.' }),
    archivedAt: t.expose('archivedAt', { type: 'DateTime', nullable: true }),
  }),
});

builder.queryField('eventDefinitions', (t) =>
  t.field({
    type: [EventDefinitionType],
    description: 'By code, archived ones too.',
    authScopes: { can: 'events.read' },
    resolve: (_root, _args, ctx) => readDefinitions(ctx),
  }),
);

const EventPropertyInput = builder.inputType('EventPropertyInput', {
  fields: (t) => ({
    code: t.string({ required: true }),
    type: t.field({ type: PropertyTypeType, required: true }),
    required: t.boolean({ required: true }),
  }),
});

const SaveEventDefinitionInput = builder.inputType('SaveEventDefinitionInput', {
  description: 'version: the one the editor began with; 0 of a new kind.',
  fields: (t) => ({
    code: t.string({ required: true }),
    nameRu: t.string({ required: true }),
    nameEn: t.string({ required: true }),
    properties: t.field({ type: [EventPropertyInput], required: true }),
    version: t.int({ required: true }),
  }),
});

const ArchiveEventDefinitionInput = builder.inputType('ArchiveEventDefinitionInput', {
  fields: (t) => ({
    code: t.string({ required: true }),
    version: t.int({ required: true }),
    archived: t.boolean({ required: true }),
  }),
});

const DefinitionSavedType = builder
  .objectRef<{ __typename: 'EventDefinitionSaved'; definition: DefinedKind }>('EventDefinitionSaved')
  .implement({ fields: (t) => ({ definition: t.expose('definition', { type: EventDefinitionType }) }) });

const DefinitionResult = builder.errorUnion('EventDefinitionResult', {
  types: [DefinitionSavedType, VersionConflict, InvalidInput],
});

builder.mutationField('saveEventDefinition', (t) =>
  t.field({
    type: DefinitionResult,
    authScopes: { can: 'events.write' },
    args: { input: t.arg({ type: SaveEventDefinitionInput, required: true }) },
    resolve: async (_root, { input }, ctx) => saved(await saveDefinition(ctx, input)),
  }),
);

builder.mutationField('archiveEventDefinition', (t) =>
  t.field({
    type: DefinitionResult,
    authScopes: { can: 'events.write' },
    args: { input: t.arg({ type: ArchiveEventDefinitionInput, required: true }) },
    resolve: async (_root, { input }, ctx) => saved(await archiveDefinition(ctx, input)),
  }),
);

function saved(definition: DefinedKind) {
  return { __typename: 'EventDefinitionSaved' as const, definition };
}
