import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp, type App } from '@clientele/api/src/app.ts';
import { createApiKey, createBrand, createStore } from '@clientele/api/src/company/index.ts';
import { createLog } from '@clientele/api/src/platform/log.ts';
import { globalId } from '@clientele/api/src/platform/graphql/global-id.ts';
import {
  addIdentity,
  createPerson,
  NOTHING_KNOWN,
  phoneIdentity,
} from '@clientele/api/src/profiles/index.ts';
import { quantile, say, type Measure } from '../harness/results.ts';
import { query, type BenchServer } from '../harness/server.ts';

const PROFILES = 450_000;
const ORDERS = 900_000;
const ENTRIES = 5_000;
const ROUNDS = 40;
const PHONE = '+79151234567';

const LIST = `query ($filter: CustomerFilter, $sort: CustomerSort) { customers(filter: $filter, sort: $sort, first: 50) {
  edges { node { ordersCount lastOrderAt spent { currency amount }
    profile { id givenName familyName phone tags accounts { active tier { name } } } } } } }`;
const COUNT = `query ($filter: CustomerFilter) { customersCount(filter: $filter) { count exact } }`;
const TIMELINE = `query ($id: ID!, $kinds: [TimelineKind!], $after: String) { node(id: $id) { ... on Profile {
  timeline(kinds: $kinds, first: 50, after: $after) { pageInfo { endCursor } edges { node { id kind at facts } } } } } }`;

/** The list, the search and the timeline of the administration over a base of 450,000 people, as a page asks for them. */
export async function measureCustomers(server: BenchServer): Promise<Measure[]> {
  const url = await server.database('customers');
  const app = await buildApp(
    {
      port: 0,
      host: '127.0.0.1',
      databaseUrl: url,
      dataDir: join(tmpdir(), 'clientele-bench-files'),
      mode: 'production',
      roles: new Set(['api']),
      appSecret: randomBytes(32).toString('base64url'),
      logLevel: 'silent',
      trustedProxies: [],
    } as never,
    { databaseUrl: url, log: createLog('silent') },
  );
  try {
    const { token, profileId } = await fill(app, url);
    return await measureAll((text, variables) => ask(app, token, text, variables), profileId);
  } finally {
    await app.stop();
  }
}

type Ask = (text: string, variables: Record<string, unknown>) => Promise<string>;

async function fill(app: App, url: string): Promise<{ token: string; profileId: string }> {
  const ctx = app.context();
  const brandId = await createBrand(ctx, { code: 'bench', name: 'Bench' });
  const storeId = await createStore(ctx, {
    brandId,
    code: 'bench',
    name: 'Bench',
    timeZone: 'Europe/Moscow',
    currency: 'RUB',
    country: 'RU',
    language: 'ru',
  });
  const { key: token } = await createApiKey(ctx, { name: 'bench', scopes: 'ALL' });
  say(`Making ${PROFILES} people with phones and ${ORDERS} purchases …`);
  for (const statement of people(storeId, ctx.vault.seal(PHONE))) await query(url, statement);
  const profileId = await createPerson(
    ctx,
    { ...NOTHING_KNOWN, givenName: 'Одна' },
    { preferredStoreId: null },
  );
  const identity = phoneIdentity(PHONE, 'RU');
  if (identity === null) throw new Error('no phone');
  await addIdentity(ctx, { profileId, identity, verifiedAt: null, first: true });
  for (const statement of history(profileId, storeId)) await query(url, statement);
  await query(url, 'vacuum analyze');
  return { token, profileId };
}

/** Made inside the database: names repeat as names do, phones do not. */
function people(storeId: string, sealed: string): string[] {
  const family = `(array['Иванов','Смирнов','Кузнецов','Попов','Соколов','Лебедев','Козлов','Новиков','Морозов','Петров','Волков','Соловьёв','Васильев','Зайцев','Павлов','Семёнов','Голубев','Виноградов','Богданов','Воробьёв'])[1 + (n * 7) % 20] || (array['','а','ский','ская','ёв','енко','ян','ук'])[1 + (n / 20) % 8] || ''`;
  const given = `(array['Анна','Мария','Елена','Алёна','Ольга','Татьяна','Наталья','Ирина','Светлана','Пётр','Иван','Сергей','Андрей','Дмитрий','Алексей','Фёдор'])[1 + (n * 13) % 16]`;
  return [
    `insert into profile (id, kind, given_name, family_name, birth_date, gender, tags, origins, preferred_store_id,
       created_at, updated_at)
     select uuidv7(), 'PERSON', ${given}, ${family}, date '1950-01-01' + (n % 20000), (array['FEMALE','MALE'])[1 + n % 2],
       case when n % 50 = 0 then array['vip'] else '{}' end, '{}', '${storeId}',
       timestamptz '2024-01-01' + make_interval(secs => n * 130), now()
     from generate_series(1, ${PROFILES}) n`,
    `create table base as select id, row_number() over (order by created_at) as n from profile where kind = 'PERSON'`,
    `create unique index on base (n)`,
    `insert into identity (profile_id, id, kind, sealed, masked, blind_index, position, created_at)
     select id, uuidv7(), 'PHONE', '${sealed}', '+7 ••• •••-' || lpad((n % 100)::text, 2, '0') || '-' || lpad((n / 100 % 100)::text, 2, '0'),
       'x' || md5(n::text), 0, now() from base`,
    `insert into identity_key select blind_index, profile_id, id from identity`,
    ...[0, 1].map(
      (
        round,
      ) => `insert into orders (profile_id, id, source, external_id, store_id, channel, state, mode, occurred_at,
        committed_at, posted_at, currency, gross, discount, points_discount, to_pay, content_hash)
      select id, uuidv7(), 'bench', 'o' || n || '-${round}', '${storeId}', 'STORE', 'COMMITTED', 'ONLINE',
        timestamptz '2025-01-01' + make_interval(secs => n * 60 + ${round}), now(), now(), 'RUB', 100000, 0, 0, 100000, 'h'
      from base where n <= ${ORDERS / 2}`,
    ),
    `drop table base`,
  ];
}

/** One shopper to whom much happened. */
function history(profileId: string, storeId: string): string[] {
  return [
    `insert into orders (profile_id, id, source, external_id, store_id, channel, state, mode, occurred_at, committed_at,
       posted_at, currency, gross, discount, points_discount, to_pay, content_hash)
     select '${profileId}', uuidv7(), 'bench', 'one' || n, '${storeId}', 'STORE', 'COMMITTED', 'ONLINE',
       timestamptz '2025-01-01' + make_interval(hours => n), now(), now(), 'RUB', 100000, 0, 0, 100000, 'h'
     from generate_series(1, ${ENTRIES / 2}) n`,
    `insert into profile_change (profile_id, id, at, fields, source, actor_kind, actor_id)
     select '${profileId}', uuidv7(), timestamptz '2025-01-01' + make_interval(hours => n, mins => 7),
       array['givenName'], 'crm', 'KEY', 'x' from generate_series(1, ${ENTRIES / 2}) n`,
  ];
}

async function ask(
  app: App,
  token: string,
  text: string,
  variables: Record<string, unknown>,
): Promise<string> {
  const { body } = await app.http.inject({
    method: 'POST',
    url: '/graphql',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    payload: JSON.stringify({ query: text, variables }),
  });
  if (body.includes('"errors"')) throw new Error(body.slice(0, 500));
  return body;
}

async function measureAll(asked: Ask, profileId: string): Promise<Measure[]> {
  const id = globalId('Profile', profileId);
  const list = (filter: Record<string, unknown>, sort = 'NEWEST') => asked(LIST, { filter, sort });
  const end = async () => {
    const { data } = JSON.parse(await asked(TIMELINE, { id })) as {
      data: { node: { timeline: { pageInfo: { endCursor: string } } } };
    };
    return data.node.timeline.pageInfo.endCursor;
  };
  const after = await end();
  const since = '2026-10-01T00:00:00Z';
  const LIMIT = { floor: 300, goal: 100, better: 'LESS' as const };
  return [
    await time('find a shopper by phone', () => list({ search: '8 (915) 123-45-67' }), LIMIT),
    await time('find by the last four digits', () => list({ search: '4567' }), LIMIT),
    await time('find by the beginning of one name', () => list({ search: 'соловье' }), LIMIT),
    await time('find by two names', () => list({ search: 'алёна вин' }), LIMIT),
    await time('first page, newest first', () => list({}), LIMIT),
    await time('first page, by name', () => list({}, 'NAME'), LIMIT),
    await time('filter: tag and month of birth', () => list({ tag: 'vip', birthMonth: 5 }), LIMIT),
    await time('filter: without an e-mail, female', () => list({ hasEmail: false, gender: 'FEMALE' }), LIMIT),
    await time('filter: bought since a day', () => list({ lastOrderFrom: since }), {}),
    await time('count of everybody (up to 10,000)', () => asked(COUNT, { filter: {} }), LIMIT),
    await time('timeline of 5,000 entries, first page', () => asked(TIMELINE, { id }), {
      floor: 200,
      goal: 50,
      better: 'LESS',
    }),
    await time('timeline of 5,000 entries, second page', () => asked(TIMELINE, { id, after }), {
      floor: 200,
      goal: 50,
      better: 'LESS',
    }),
  ];
}

async function time(name: string, work: () => Promise<unknown>, limit: Partial<Measure>): Promise<Measure> {
  for (let warm = 0; warm < 5; warm += 1) await work();
  const took: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const began = performance.now();
    await work();
    took.push(performance.now() - began);
  }
  return {
    target: limit.floor === 300 ? 'Q16' : '',
    name: `${name}, p95`,
    value: quantile(took, 0.95),
    unit: 'ms',
    ...limit,
  };
}
