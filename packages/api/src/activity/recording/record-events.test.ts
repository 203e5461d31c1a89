import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { writeSetting } from '../../company/index.ts';
import { InvalidInput } from '../../platform/errors.ts';
import { globalId } from '../../platform/graphql/global-id.ts';
import { newId } from '../../platform/ids.ts';
import { anEvent, recordAs, storedEvents } from '../../testing/activity.builders.ts';
import { aKey, asActor } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { aPhone, aShopper } from '../../testing/profiles.builders.ts';
import { ACTIVITY_SETTINGS } from '../activity-settings.ts';
import { recordEvents } from '../index.ts';

const it = useTestApp();

const statuses = (results: readonly { status: string }[]) => results.map(({ status }) => status);

test('an event is stored once, whoever sends it again and in whatever order its properties are written', async () => {
  const ctx = it.app.context();
  const source = newId();
  const event = anEvent(ctx, {
    kind: 'VIEW_PRODUCT',
    deviceId: 'd1',
    properties: { sku: '2103807459595387724', price: '35.79' },
  });
  expect(await recordAs(ctx, source, event)).toEqual([{ id: event.id, status: 'CREATED', problems: [] }]);
  const again = { ...event, properties: { price: '35.79', sku: '2103807459595387724' } };
  expect(statuses(await recordAs(ctx, source, again, again))).toEqual(['UNCHANGED', 'UNCHANGED']);
  expect(statuses(await recordAs(ctx, `${source}-other`, event))).toEqual(['CREATED']);
  expect(await storedEvents(ctx, source)).toMatchObject([
    { id: event.id, kind: 'VIEW_PRODUCT', properties: { sku: '2103807459595387724', price: '35.79' } },
  ]);
});

test('another event under the same id is a conflict, in one batch and in two', async () => {
  const ctx = it.app.context();
  const source = newId();
  const event = anEvent(ctx, { deviceId: 'd1', properties: { url: '/a' } });
  const other = { ...event, properties: { url: '/b' } };
  const [first, second] = await recordAs(ctx, source, event, other);
  expect(first?.status).toBe('CREATED');
  expect(second).toEqual({
    id: event.id,
    status: 'CONFLICT',
    problems: [
      {
        path: ['id'],
        code: 'MISMATCH',
        message: 'was recorded before with another kind, moment or properties',
      },
    ],
  });
  expect(statuses(await recordAs(ctx, source, other))).toEqual(['CONFLICT']);
  expect((await storedEvents(ctx, source)).map(({ properties }) => properties)).toEqual([{ url: '/a' }]);
});

test('a wrong event never stops its neighbours, and says by path what is wrong', async () => {
  const ctx = it.app.context();
  const source = newId();
  const good = (facts = {}) => anEvent(ctx, { deviceId: 'd1', ...facts });
  const wrong = { sku: 'a'.repeat(201), quantity: '2', price: 35.79 };
  const results = await recordAs(
    ctx,
    source,
    good(),
    good({ id: ' ' }),
    good({ id: 'x'.repeat(10_240) }),
    good({ kind: 'no kind' }),
    good({ kind: 'CART', properties: wrong }),
    good({ kind: 'VIEW_PRODUCT' }),
    anEvent(ctx),
    good({ deviceId: '' }),
    good({ profile: { phone: '12' } }),
    good({ profile: { external: { id: 'nobody' } } }),
    good({ properties: [1] }),
    good({ properties: { text: 'x'.repeat(40_000) } }),
    good(),
  );
  const told = results.map(({ status, problems }) => [
    status,
    ...problems.map(({ path, code }) => `${path.join('.')} ${code}`),
  ]);
  expect(told).toEqual([
    ['CREATED'],
    ['REJECTED', 'id REQUIRED'],
    ['REJECTED', 'id RANGE'],
    ['REJECTED', 'kind FORMAT'],
    ['REJECTED', 'properties.sku FORMAT', 'properties.quantity FORMAT', 'properties.price FORMAT'],
    ['REJECTED', 'properties.sku REQUIRED'],
    ['REJECTED', 'profile REQUIRED'],
    ['REJECTED', 'deviceId FORMAT', 'profile REQUIRED'],
    ['REJECTED', 'profile.phone FORMAT'],
    ['REJECTED', 'profile UNKNOWN'],
    ['REJECTED', 'properties FORMAT'],
    ['REJECTED', 'properties RANGE'],
    ['CREATED'],
  ]);
  expect(await storedEvents(ctx, source)).toHaveLength(2);
});

test('what the database or JavaScript would change is refused, at any depth', async () => {
  const ctx = it.app.context();
  const source = newId();
  const bad: unknown[] = [
    JSON.parse('{"category":2103807459595387724}'),
    JSON.parse('{"a":[{"b":9007199254740993}]}'),
    JSON.parse('{"a":1e400}'),
    JSON.parse('{"__proto__":{"polluted":true}}'),
    JSON.parse('{"a":{"constructor":{"prototype":{"polluted":true}}}}'),
    { a: 'nul \u0000' },
    { a: 'half \ud800' },
    { 'nul \u0000': 1 },
    { '': 1 },
  ];
  const results = await recordAs(
    ctx,
    source,
    ...bad.map((properties) => anEvent(ctx, { deviceId: 'd', properties })),
  );
  expect(
    results.map(({ status, problems }) => [status, problems[0]?.path.join('.'), problems[0]?.code]),
  ).toEqual([
    ['REJECTED', 'properties.category', 'RANGE'],
    ['REJECTED', 'properties.a.0.b', 'RANGE'],
    ['REJECTED', 'properties.a', 'RANGE'],
    ['REJECTED', 'properties.__proto__', 'FORMAT'],
    ['REJECTED', 'properties.a.constructor', 'FORMAT'],
    ['REJECTED', 'properties.a', 'FORMAT'],
    ['REJECTED', 'properties.a', 'FORMAT'],
    ['REJECTED', 'properties.nul \u0000', 'FORMAT'],
    ['REJECTED', 'properties.', 'FORMAT'],
  ]);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  const exact = {
    most: 9007199254740991,
    least: -9007199254740991,
    half: 0.5,
    text: "'; drop table event; --",
  };
  const named = { "a'b; drop table event": true, 'таблица 🛒': null };
  expect(
    statuses(
      await recordAs(
        ctx,
        source,
        anEvent(ctx, { id: '1', deviceId: 'd', properties: exact }),
        anEvent(ctx, { id: '2', deviceId: 'd', properties: named }),
      ),
    ),
  ).toEqual(['CREATED', 'CREATED']);
  expect((await storedEvents(ctx, source)).map(({ properties }) => properties)).toEqual([exact, named]);
});

test('late and out of order is fine; what is to come, or too long ago, is not', async () => {
  const ctx = it.app.context();
  const source = newId();
  const now = ctx.clock.now().getTime();
  const at = (ms: number, id: string) => anEvent(ctx, { id, deviceId: 'd', occurredAt: new Date(now + ms) });
  const day = 86_400_000;
  const results = await recordAs(
    ctx,
    source,
    at(0, 'now'),
    at(-900 * day, 'late'),
    at(300_000, 'five minutes ahead'),
    at(300_001, 'more'),
    at(-1_826 * day, 'oldest'),
    at(-1_826 * day - 1, 'older'),
  );
  expect(statuses(results)).toEqual(['CREATED', 'CREATED', 'CREATED', 'REJECTED', 'CREATED', 'REJECTED']);
  expect((await storedEvents(ctx, source)).map(({ id }) => id)).toEqual([
    'oldest',
    'late',
    'now',
    'five minutes ahead',
  ]);
  const { rows } = await sql<{ part: string }>`
    select distinct tableoid::regclass::text as part from event where source = ${source} order by 1`.execute(
    ctx.sql,
  );
  expect(rows.map(({ part }) => part)).toEqual(['event_y2021q4', 'event_y2024q2', 'event_y2026q4']);
});

test('kinds nobody described are kept unless the company says otherwise', async () => {
  const ctx = it.app.context();
  const source = newId();
  const event = () => anEvent(ctx, { kind: 'review_page', deviceId: 'd' });
  expect(statuses(await recordAs(ctx, source, event()))).toEqual(['CREATED']);
  await writeSetting(ctx, ACTIVITY_SETTINGS, { ...ACTIVITY_SETTINGS.initial, acceptUndefined: false });
  const [refused] = await recordAs(ctx, source, event());
  await writeSetting(ctx, ACTIVITY_SETTINGS, ACTIVITY_SETTINGS.initial);
  expect(refused?.problems).toEqual([
    { path: ['kind'], code: 'UNKNOWN', message: 'is a kind of event nobody described' },
  ]);
});

test('whose an event is: a person by any identity, a new one by a phone, else the visitor of its device', async () => {
  const ctx = it.app.context();
  const source = newId();
  const card = `C${newId().replaceAll('-', '')}`;
  const shopper = await aShopper(ctx, { card });
  const phone = aPhone();
  const results = await recordAs(
    ctx,
    source,
    anEvent(ctx, { id: '1', profile: { phone: shopper.phone } }),
    anEvent(ctx, { id: '2', profile: { id: globalId('Profile', shopper.id) } }),
    anEvent(ctx, { id: '3', profile: { card } }),
    anEvent(ctx, { id: '4', profile: { phone } }),
    anEvent(ctx, { id: '5', deviceId: 'unknown' }),
    anEvent(ctx, { id: '6', deviceId: 'unknown' }),
  );
  expect(statuses(results)).toEqual(Array.from({ length: 6 }, () => 'CREATED'));
  const stored = await storedEvents(ctx, source);
  expect(stored.map(({ of }) => of)).toEqual(['PERSON', 'PERSON', 'PERSON', 'PERSON', 'VISITOR', 'VISITOR']);
  const owners = stored.map(({ profileId }) => profileId);
  expect(owners.slice(0, 3)).toEqual([shopper.id, shopper.id, shopper.id]);
  expect(owners[3]).not.toBe(shopper.id);
  expect(owners[4]).toBe(owners[5]);
});

test('a call as a whole: its source, its size, its requestId', async () => {
  const ctx = it.app.context();
  const key = asActor(ctx, (await aKey(ctx, { sources: ['site'] })).actor);
  const event = anEvent(ctx, { deviceId: 'd' });
  const code = (call: Promise<unknown>) =>
    call.then(
      () => 'OK',
      (error: unknown) => (error instanceof InvalidInput ? error.problems[0]?.path.join() : error),
    );
  expect(await code(recordEvents(key, { source: 'till-1', events: [event] }))).toBe('source');
  expect(await code(recordEvents(key, { source: '', events: [event] }))).toBe('source');
  const many = Array.from({ length: 1_001 }, () => event);
  expect(await code(recordEvents(key, { source: 'site', events: many }))).toBe('events');
  const requestId = newId();
  const first = await recordEvents(key, { source: 'site', requestId, events: [event] });
  expect(statuses(first.results)).toEqual(['CREATED']);
  const repeat = await recordEvents(key, { source: 'site', requestId, events: [event] });
  expect(repeat.results).toEqual(first.results);
  const other = recordEvents(key, { source: 'site', requestId, events: [{ ...event, kind: 'other' }] });
  await expect(other).rejects.toMatchObject({ code: 'IdempotencyConflict' });
});

test('eight at once with the same events: each is stored once, and counted once', async () => {
  const ctx = it.app.context();
  const source = newId();
  const events = Array.from({ length: 50 }, (_, index) =>
    anEvent(ctx, { id: String(index), deviceId: `d${index % 7}` }),
  );
  const calls = await Promise.all(
    Array.from({ length: 8 }, (_, index) =>
      recordAs(it.app.context(), source, ...(index % 2 ? events.toReversed() : events)),
    ),
  );
  expect(calls.flat().filter(({ status }) => status === 'CREATED')).toHaveLength(50);
  expect(calls.flat().filter(({ status }) => status === 'UNCHANGED')).toHaveLength(350);
  const stored = await storedEvents(ctx, source);
  expect(stored).toHaveLength(50);
  expect(new Set(stored.map(({ profileId }) => profileId)).size).toBe(7);
  const counts = await ctx.sql
    .selectFrom('event_count')
    .select((eb) => [
      eb.fn.sum<string>('recorded').as('recorded'),
      eb.fn.sum<string>('rejected').as('rejected'),
    ])
    .where('source', '=', source)
    .executeTakeFirstOrThrow();
  expect(counts).toEqual({ recorded: '50', rejected: '0' });
});
