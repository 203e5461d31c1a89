import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { globalId, localId } from './platform/graphql/global-id.ts';
import { newId } from './platform/ids.ts';
import { createLog } from './platform/log.ts';
import { startTask } from './platform/tasks/index.ts';
import { recordCustomerConsents, upsertProfiles } from './profiles/index.ts';
import { aCashier, aKey, asActor } from './testing/company.builders.ts';
import { useTestApp } from './testing/create-test-app.ts';
import { aShop } from './testing/orders.builders.ts';
import { aConsentText, aPhone, aShopper, lastCode } from './testing/profiles.builders.ts';
import { aRecord, record } from './testing/records.builders.ts';
import { ask, send } from './testing/shopper-operations.ts';
import { aSession } from './testing/staff.builders.ts';
import { runTasks } from './testing/tasks.builders.ts';

const lines: string[] = [];
const destination = new Writable({
  write: (chunk: Buffer, _encoding, done) => {
    lines.push(chunk.toString());
    done();
  },
});

const it = useTestApp({ log: createLog('trace', destination), worker: true });

const GIVEN = 'Серафималина';
const FAMILY = 'Бескудниковаева';

const ERASE = `mutation ($input: ErasePersonInput!) { erasePerson(input: $input) { __typename
  ... on PersonErased { profiles profile { givenName phone erasedAt tags } }
  ... on VersionConflict { version } ... on InvalidInput { problems { path code } } } }`;

/** Somebody who left traces wherever people do. */
async function aLife() {
  const ctx = it.app.context();
  const phone = aPhone();
  const email = `seraf-${newId()}@mail.ru`;
  const [second, card, number] = [aPhone(), `77${Date.now()}`, `crm-${newId()}`];
  const cashier = await aCashier(ctx);
  const challenge = await ask(it.app, cashier.token, 'identify', { phone });
  await it.app.relay?.drain();
  const code = await lastCode(ctx, localId(challenge.id, 'ShopperChallenge') ?? '');
  const visit = await ask(it.app, cashier.token, 'confirm', {
    challengeId: challenge.id,
    code,
    enrolment: { givenName: GIVEN, familyName: FAMILY, email, birthDate: '1987-03-09' },
  });
  const opaque = (visit['profile'] as { id: string }).id;
  const id = localId(opaque, 'Profile') ?? '';
  const key = await aKey(ctx);
  await ask(it.app, key.token, 'upsert', {
    source: 'crm',
    profiles: [
      {
        externalId: number,
        phones: [phone, second],
        cards: [card],
        tags: [`от ${GIVEN}`],
        attributes: { note: `мама: ${FAMILY}` },
      },
    ],
  });
  const shop = await aShop(ctx);
  await record(asActor(ctx, key.actor), 'web', aRecord(shop, { profile: { phone } }));
  return { ctx, phone, email, second, card, number, opaque, id, key, cashier, shop };
}

/** Where a person may still be found: every row of every table, the log, every file. */
async function everything(): Promise<Map<string, string>> {
  const { pool } = it.app.database;
  const { rows } = await pool.query<{ schema: string; table: string }>(
    `select table_schema as schema, table_name as table from information_schema.tables
     where table_schema in ('public', 'jobs', 'graphile_worker') and table_type = 'BASE TABLE'`,
  );
  const places = new Map([['log', lines.join('')]]);
  for (const { schema, table } of rows) {
    const { rows: content } = await pool.query<{ row: string }>(
      `select t::text as row from "${schema}"."${table}" t`,
    );
    places.set(`${schema}.${table}`, content.map(({ row }) => row).join('\n'));
  }
  const folder = it.app.config.dataDir;
  const files = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const file of files.filter((one) => one.isFile()))
    places.set(`file ${file.name}`, await readFile(join(file.parentPath, file.name), 'utf8'));
  return places;
}

function spellings(phone: string): string[] {
  const d = phone.slice(2);
  const [a, b, c, e] = [d.slice(0, 3), d.slice(3, 6), d.slice(6, 8), d.slice(8)];
  return [d, `${a}) ${b}-${c}-${e}`, `${a} ${b}-${c}-${e}`, `${a} ${b} ${c}${e}`, `${b}-${c}-${e}`];
}

test('after an erasure nothing tells who it was, in tables, logs and files', async () => {
  const life = await aLife();
  const { ctx, id, opaque, phone } = life;
  const { session, actor } = await aSession(ctx, ['SUPPORT']);
  const staff = asActor(ctx, actor);
  const textId = await aConsentText(ctx, { brandId: life.shop.brandId, version: newId() });
  await recordCustomerConsents(staff, {
    profileId: opaque,
    consents: [{ textId: globalId('ConsentText', textId), granted: true }],
    note: `звонила ${FAMILY}, ${phone}`,
  });
  const twin = await aShopper(ctx, { givenName: GIVEN, email: `twin-${life.email}` });
  await ctx.sql.updateTable('profile').set({ merged_into: id }).where('id', '=', twin.id).execute();
  const detach = `mutation ($input: DetachIdentityInput!) { detachIdentity(input: $input) { __typename } }`;
  const { id: identityId } = await ctx.sql
    .selectFrom('identity')
    .select('id')
    .where('profile_id', '=', id)
    .where('kind', '=', 'PHONE')
    .orderBy('position', 'desc')
    .executeTakeFirstOrThrow();
  await it.app.graphql({
    query: detach,
    variables: { input: { profileId: opaque, identityId, reason: `${GIVEN} сменила ${life.second}` } },
    session,
  });
  await startTask(staff, { kind: 'customers.export-person', facts: { profileId: id, language: 'ru' } });
  const exportAll = `mutation { startCustomersExport(filter: { search: "${GIVEN}" }) { taskId } }`;
  await it.app.graphql({ query: exportAll, session });
  await runTasks(ctx);
  await it.app.graphql({
    query: `query ($id: ID!) { node(id: $id) { ... on Profile { contacts { value } } } }`,
    variables: { id: opaque },
    session,
  });

  const needles = [
    GIVEN,
    FAMILY,
    life.email,
    `twin-${life.email}`,
    life.card,
    life.number,
    ...[phone, life.second, twin.phone].flatMap(spellings),
  ];
  const before = [...(await everything()).values()].join('\n');
  for (const known of [GIVEN, FAMILY, life.number, phone.slice(2)]) expect(before).toContain(known);

  const { version } = await ctx.sql
    .selectFrom('profile')
    .select('version')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const input = { profileId: opaque, version, reason: 'REQUEST', confirm: 'ERASE' };
  const answer = await it.app.graphql({ query: ERASE, variables: { input }, session });
  expect(answer.data).toEqual({
    erasePerson: {
      __typename: 'PersonErased',
      profiles: 2,
      profile: { givenName: null, phone: null, erasedAt: it.app.clock.now().toISOString(), tags: [] },
    },
  });
  await it.app.relay?.drain();
  for (const [place, content] of await everything())
    for (const needle of needles) expect(content.includes(needle), `${needle} in ${place}`).toBe(false);
});

test('purchases and points stay under the number, and who hears of changes hears of the erasure', async () => {
  const { ctx, id, opaque, shop } = await aLife();
  const { session } = await aSession(ctx, ['OWNER']);
  const { version } = await ctx.sql
    .selectFrom('profile')
    .select('version')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const input = { profileId: opaque, version, reason: 'CONSENT_WITHDRAWN', confirm: 'ERASE' };
  await it.app.graphql({ query: ERASE, variables: { input }, session });
  const orders = await ctx.sql.selectFrom('orders').select('to_pay').where('profile_id', '=', id).execute();
  expect(orders).toEqual([{ to_pay: 100_000 }]);
  const account = await ctx.sql
    .selectFrom('loyalty_account')
    .select(['status', 'pending'])
    .where('profile_id', '=', id)
    .where('program_id', '=', shop.programId)
    .executeTakeFirst();
  expect(account).toEqual({ status: 'CLOSED', pending: 30 });
  const events = await ctx.sql
    .selectFrom('outbox_event')
    .select(['kind', 'payload'])
    .where('profile_id', '=', id)
    .where('kind', '=', 'profile.erased')
    .execute();
  expect(events).toEqual([{ kind: 'profile.erased', payload: {} }]);
  const again = await it.app.graphql({ query: ERASE, variables: { input }, session });
  expect(again.data).toMatchObject({ erasePerson: { __typename: 'InvalidInput' } });
});

test('no file and no partner brings an erased person back; their own consent at a till does', async () => {
  const { ctx, phone, email, number, opaque, id, key, cashier, shop } = await aLife();
  const { session } = await aSession(ctx, ['SUPPORT']);
  const { version } = await ctx.sql
    .selectFrom('profile')
    .select('version')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const input = { profileId: opaque, version, reason: 'REQUEST', confirm: 'ERASE' };
  await it.app.graphql({ query: ERASE, variables: { input }, session });

  const partner = asActor(ctx, key.actor);
  const { results } = await upsertProfiles(partner, {
    requestId: null,
    source: 'crm',
    profiles: [
      { externalId: 'new', phones: [aPhone(), phone] },
      { emails: [email.toUpperCase()] },
      { externalId: number, phones: [aPhone()] },
      { externalId: 'neighbour', phones: [aPhone()] },
    ],
  });
  expect(
    results.map(({ status, problems }) => [status, problems.map((one) => [one.path, one.code])]),
  ).toEqual([
    ['REJECTED', [[['phones', '1'], 'ERASED']]],
    ['REJECTED', [[['emails', '0'], 'ERASED']]],
    ['REJECTED', [[['externalId'], 'ERASED']]],
    ['CREATED', []],
  ]);
  const [order] = await record(partner, 'web', aRecord(shop, { profile: { phone } }));
  expect(order?.status).toBe('REJECTED');
  expect(await send(it.app, key.token, 'profile', { id: opaque })).toMatchObject({ data: { result: null } });

  it.app.clock.advance(600_000);
  const challenge = await ask(it.app, cashier.token, 'identify', { phone });
  expect(challenge['kind']).toBe('ENROLMENT');
  const code = await lastCode(ctx, localId(challenge.id, 'ShopperChallenge') ?? '');
  const visit = await ask(it.app, cashier.token, 'confirm', { challengeId: challenge.id, code });
  const back = (visit['profile'] as { id: string }).id;
  expect(back).not.toBe(opaque);
  const [again] = (
    await upsertProfiles(partner, {
      requestId: null,
      source: 'crm',
      profiles: [{ phones: [phone], givenName: 'Снова' }],
    })
  ).results;
  expect(again).toMatchObject({ status: 'UPDATED', profileId: localId(back, 'Profile') });
});

test('it is said twice, decided on the newest look, and allowed to few', async () => {
  const { ctx, opaque } = await aLife();
  const input = { profileId: opaque, version: 1, reason: 'REQUEST', confirm: 'ERASE' };
  for (const role of ['MARKETER', 'ANALYST', 'STORE_MANAGER'] as const) {
    const { session } = await aSession(ctx, [role]);
    const { errors } = await it.app.graphql({ query: ERASE, variables: { input }, session });
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  }
  const { session } = await aSession(ctx, ['SUPPORT']);
  const erase = async (change: Record<string, unknown>) =>
    (await it.app.graphql({ query: ERASE, variables: { input: { ...input, ...change } }, session })).data;
  expect(await erase({ confirm: 'да' })).toMatchObject({
    erasePerson: { problems: [{ path: ['confirm'], code: 'MISMATCH' }] },
  });
  expect(await erase({ version: 0 })).toMatchObject({ erasePerson: { __typename: 'VersionConflict' } });
});
