import { expect, test } from 'vitest';
import { newId } from '../platform/ids.ts';
import { SYSTEM_ACTOR } from '../company/index.ts';
import { anEvent, recordAs } from '../testing/activity.builders.ts';
import { aKey, asActor } from '../testing/company.builders.ts';
import { useTestApp } from '../testing/create-test-app.ts';
import { aShopper } from '../testing/profiles.builders.ts';
import { staffActor } from '../testing/staff.builders.ts';
import { archiveDefinition, saveDefinition, type SaveDefinition } from './definitions/save-definition.ts';
import { eventStatistics } from './reading/event-statistics.ts';
import { listEvents } from './reading/list-events.ts';
import { watchEvents } from './reading/watch-events.ts';
import { EVENT_TIMELINE } from './timeline.ts';

const it = useTestApp();

const RECORD = `mutation ($input: RecordEventsInput!) { recordEvents(input: $input) {
  ... on EventsRecorded { results { id status problems { path code } } }
  ... on Refusal { code } } }`;

test('events of a partner: recorded, listed, counted', async () => {
  const ctx = it.app.context();
  const { token } = await aKey(ctx);
  const source = newId();
  const kind = `kind-${source}`;
  const at = '2026-11-22T10:00:00+02:00';
  const events = ['1', '2', '3'].map((id) => ({
    id,
    kind,
    occurredAt: at,
    deviceId: 'd',
    properties: { n: id },
  }));
  const input = {
    source,
    events: [...events, { id: '4', kind: 'VIEW_PRODUCT', occurredAt: at, deviceId: 'd' }],
  };
  const { data } = await it.app.graphql({ query: RECORD, variables: { input }, token });
  expect(data?.['recordEvents']).toEqual({
    results: [
      { id: '1', status: 'CREATED', problems: [] },
      { id: '2', status: 'CREATED', problems: [] },
      { id: '3', status: 'CREATED', problems: [] },
      { id: '4', status: 'REJECTED', problems: [{ path: ['properties', 'sku'], code: 'REQUIRED' }] },
    ],
  });
  const listed = await it.app.graphql<{ events: unknown; eventStatistics: Statistics }>({
    query: `query ($filter: EventFilter) {
      events(filter: $filter, first: 2) { pageInfo { hasNextPage }
        edges { node { kind defined source occurredAt properties profile { id } } } }
      eventStatistics { hours kinds { kind defined recorded rejected byHour } sources { source recorded rejected } } }`,
    variables: { filter: { source } },
    token,
  });
  expect(listed.errors).toBeUndefined();
  expect(listed.data?.events).toMatchObject({
    pageInfo: { hasNextPage: true },
    edges: [
      { node: { kind, defined: false, source, occurredAt: '2026-11-22T08:00:00.000Z' } },
      { node: { kind, profile: { id: expect.any(String) as string } } },
    ],
  });
  const statistics = listed.data?.eventStatistics;
  expect(statistics?.sources.find((each) => each.source === source)).toEqual({
    source,
    recorded: 3,
    rejected: 1,
  });
  const byHour = Array.from({ length: 24 }, (_, hour) => (hour === 23 ? 3 : 0));
  expect(statistics?.kinds.find((each) => each.kind === kind)).toEqual({
    kind,
    defined: false,
    recorded: 3,
    rejected: 0,
    byHour,
  });
  expect(statistics?.hours.at(-1)).toBe('2026-11-22T09:00:00.000Z');
});

interface Statistics {
  hours: string[];
  kinds: { kind: string }[];
  sources: { source: string }[];
}

test('pages of the list meet without a gap, whatever came in at one moment', async () => {
  const ctx = it.app.context();
  const source = newId();
  const ids = Array.from({ length: 25 }, (_, index) => String(index));
  await recordAs(ctx, source, ...ids.map((id) => anEvent(ctx, { id, deviceId: 'd' })));
  const seen: string[] = [];
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof listEvents>> = await listEvents(
      ctx,
      { source },
      { first: 10, after },
    );
    seen.push(...page.edges.map(({ node }) => node.externalId));
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
  expect(seen.toSorted((a, b) => Number(a) - Number(b))).toEqual(ids);
});

test('who may see no contacts gets none out of properties, in the list and in the timeline', async () => {
  const ctx = it.app.context();
  const source = newId();
  const shopper = await aShopper(ctx);
  const properties = {
    sku: '2103807459595387724',
    order: '31500053',
    note: 'звоните +7 (916) 123-45-67',
    mail: 'a@b.example',
    deep: [{ tel: '89161234567' }],
    number: 79161234567,
  };
  await recordAs(ctx, source, anEvent(ctx, { profile: { phone: shopper.phone }, properties }));
  const hidden = {
    sku: '2103807459595387724',
    order: '31500053',
    note: '•••',
    mail: '•••',
    deep: [{ tel: '•••' }],
    number: '•••',
  };
  for (const [role, expected] of [
    ['ANALYST', hidden],
    ['MARKETER', properties],
  ] as const) {
    const staff = asActor(ctx, await staffActor(ctx, [role]));
    const page = await listEvents(staff, { source }, {});
    expect([role, page.edges[0]?.node.properties]).toEqual([role, expected]);
    const entries = await EVENT_TIMELINE[0]?.page(staff, [shopper.id], null, 10, staff.actor.scopes);
    expect(entries?.[0]?.facts).toMatchObject({ event: 'VISIT', source, properties: expected });
  }
  expect(await EVENT_TIMELINE[0]?.page(ctx, [shopper.id], null, 10, new Set())).toEqual([]);
});

test('a definition: described, changed, set aside; its events are held against it at once', async () => {
  const ctx = it.app.context();
  const editor = asActor(ctx, await staffActor(ctx, ['INTEGRATOR']));
  const source = newId();
  const code = `quiz-${source}`;
  const facts: SaveDefinition = {
    code,
    nameRu: 'Опрос',
    nameEn: 'Quiz',
    properties: [{ code: 'score', type: 'NUMBER', required: true }],
    version: 0,
  };
  expect(await saveDefinition(editor, facts)).toMatchObject({
    code,
    version: 1,
    builtIn: false,
    archivedAt: null,
  });
  const status = async (properties: object) =>
    (await recordAs(ctx, source, anEvent(ctx, { kind: code, deviceId: 'd', properties })))[0]?.status;
  expect(await status({})).toBe('REJECTED');
  expect(await status({ score: '5' })).toBe('REJECTED');
  expect(await status({ score: 5 })).toBe('CREATED');
  await expect(saveDefinition(editor, facts)).rejects.toMatchObject({ code: 'VersionConflict', version: 1 });
  await saveDefinition(editor, { ...facts, properties: [], version: 1 });
  expect(await status({})).toBe('CREATED');
  expect(await archiveDefinition(editor, { code, version: 2, archived: true })).toMatchObject({
    version: 3,
    archivedAt: ctx.clock.now(),
  });
  const audited = await ctx.sql
    .selectFrom('audit_entry')
    .select(['action', 'facts'])
    .where('subject', '=', `event-definition:${code}`)
    .orderBy('id')
    .execute();
  expect(audited.map(({ action }) => action)).toEqual([
    'event-definition.changed',
    'event-definition.changed',
    'event-definition.archived',
  ]);
  expect(audited[1]?.facts).toMatchObject({
    before: { properties: facts.properties },
    after: { properties: [] },
  });
});

test('a built-in kind may ask for more; what is wrong with a definition is told by path', async () => {
  const ctx = it.app.context();
  const editor = asActor(ctx, await staffActor(ctx, ['OWNER']));
  const properties = [{ code: 'screen', type: 'TEXT', required: false }] as const;
  const saved = await saveDefinition(editor, {
    code: 'CHECKOUT',
    nameRu: 'Оформление',
    nameEn: 'Checkout',
    properties,
    version: 0,
  });
  expect(saved).toMatchObject({ builtIn: true, version: 1 });
  const wrong = saveDefinition(editor, {
    code: '1 x',
    nameRu: ' ',
    nameEn: 'x'.repeat(101),
    properties: [...properties, ...properties, { code: '__proto__', type: 'ID', required: true }],
    version: 0,
  });
  await expect(wrong).rejects.toMatchObject({
    problems: [
      { path: ['code'], code: 'FORMAT' },
      { path: ['nameRu'], code: 'REQUIRED' },
      { path: ['nameEn'], code: 'RANGE' },
      { path: ['properties', '1', 'code'], code: 'DUPLICATE' },
      { path: ['properties', '2', 'code'], code: 'FORMAT' },
    ],
  });
  const marketer = asActor(ctx, await staffActor(ctx, ['MARKETER']));
  const bound = asActor(ctx, { ...SYSTEM_ACTOR, sources: ['site'] });
  for (const caller of [marketer, bound])
    await expect(
      archiveDefinition(caller, { code: 'CART', version: 0, archived: true }),
    ).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
});

test('who watches is shown a sample of what comes in from then on', async () => {
  const ctx = { ...it.app.context(), requestId: 'test' };
  const source = newId();
  await recordAs(ctx, source, anEvent(ctx, { id: 'before', deviceId: 'd' }));
  it.app.clock.advance(3_000);
  const tail = await watchEvents(ctx, { source, kinds: ['VISIT'] });
  it.app.clock.advance(1_000);
  const first = tail.next();
  await recordAs(
    it.app.context(),
    source,
    anEvent(ctx, { id: 'one', deviceId: 'd' }),
    anEvent(ctx, { id: 'other', kind: 'other', deviceId: 'd' }),
  );
  const shown = (await first).value as { events: { externalId: string }[]; more: boolean };
  expect([shown.events.map(({ externalId }) => externalId), shown.more]).toEqual([['one'], false]);
  it.app.clock.advance(1_000);
  const many = Array.from({ length: 30 }, (_, index) => anEvent(ctx, { id: `n${index}`, deviceId: 'd' }));
  await recordAs(it.app.context(), source, ...many);
  const next = (await tail.next()).value as { events: unknown[]; more: boolean };
  expect([next.events.length, next.more]).toEqual([10, true]);
  await tail.return?.();
});

test('counts are by hour of recording, and only of the last day', async () => {
  const ctx = it.app.context();
  const source = newId();
  await recordAs(ctx, source, anEvent(ctx, { deviceId: 'd' }));
  it.app.clock.advance(3 * 3_600_000);
  await recordAs(it.app.context(), source, anEvent(ctx, { deviceId: 'd' }), anEvent(ctx, { deviceId: '' }));
  const count = async () => (await eventStatistics(ctx)).sources.find((each) => each.source === source);
  expect(await count()).toEqual({ source, recorded: 2, rejected: 1 });
  it.app.clock.advance(22 * 3_600_000);
  expect(await count()).toEqual({ source, recorded: 1, rejected: 1 });
});
