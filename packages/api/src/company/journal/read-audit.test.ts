import { expect, test } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { aStore, asActor, aTill } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { refusal } from '../../testing/orders.builders.ts';
import { aSession, staffActor } from '../../testing/staff.builders.ts';
import { runTasks } from '../../testing/tasks.builders.ts';
import { audit } from '../audit.ts';
import { revokeTill } from '../tills/revoke-till.ts';
import { auditActions, readAudit, type AuditFilter } from './read-audit.ts';

const it = useTestApp();

async function auditor(name = 'Мария') {
  const ctx = it.app.context();
  return asActor(ctx, await staffActor(ctx, ['OWNER'], { name }));
}

/** Three entries a minute apart about one thing. */
async function entries() {
  const ctx = await auditor();
  const subject = `thing:${newId()}`;
  for (const action of ['thing.made', 'thing.changed', 'thingummy.made']) {
    await audit(ctx, { action, subject, facts: { before: { a: 1 }, after: { a: 2 }, why: action } });
    it.app.clock.advance(60_000);
  }
  const read = async (filter: AuditFilter = {}, after: readonly [Date, string] | null = null, limit = 10) =>
    readAudit(ctx, { subject, ...filter }, { after, limit });
  return { ctx, subject, read };
}

test('the newest first, page by page, by action, actor and period', async () => {
  const { ctx, read } = await entries();
  const actions = (rows: { action: string }[]) => rows.map(({ action }) => action);
  const all = await read();
  expect(actions(all)).toEqual(['thingummy.made', 'thing.changed', 'thing.made']);
  const [first] = await read({}, null, 1);
  expect(actions(await read({}, [first?.occurredAt ?? new Date(0), first?.id ?? '']))).toEqual([
    'thing.changed',
    'thing.made',
  ]);
  expect(actions(await read({ action: 'thing' }))).toEqual(['thing.changed', 'thing.made']);
  expect(actions(await read({ action: 'thing.made' }))).toEqual(['thing.made']);
  expect(actions(await read({ action: 'th%' }))).toEqual([]);
  expect(await read({ actorId: newId() })).toEqual([]);
  expect(await read({ actorId: ctx.actor.id })).toHaveLength(3);
  const [, changed] = all;
  expect(actions(await read({ from: changed?.occurredAt ?? null }))).toEqual([
    'thingummy.made',
    'thing.changed',
  ]);
  expect(actions(await read({ to: changed?.occurredAt ?? null }))).toEqual(['thing.made']);
});

test('entries of one moment are all told, none twice', async () => {
  const ctx = await auditor();
  const subject = `thing:${newId()}`;
  for (let left = 5; left > 0; left -= 1) await audit(ctx, { action: 'thing.made', subject });
  const seen: string[] = [];
  let after: [Date, string] | null = null;
  for (;;) {
    const page: Awaited<ReturnType<typeof readAudit>> = await readAudit(
      ctx,
      { subject },
      { after, limit: 2 },
    );
    const last = page.at(-1);
    if (last === undefined) break;
    seen.push(...page.map(({ id }) => id));
    after = [last.occurredAt, last.id];
  }
  expect(seen).toHaveLength(5);
  expect(new Set(seen).size).toBe(5);
});

test('who and what are named where they are configured', async () => {
  const ctx = await auditor('Ольга');
  const till = await aTill(ctx, { name: 'Касса 7' });
  await revokeTill(ctx, { tillId: till.id });
  const [revoked] = await readAudit(ctx, { subject: `till:${till.id}` }, { after: null, limit: 1 });
  expect(revoked).toMatchObject({
    action: 'till.revoked',
    actorKind: 'STAFF',
    actorName: 'Ольга',
    subjectName: 'Москва, Тверская, Касса 7',
  });
});

test('every kind of action is told once', async () => {
  const { ctx } = await entries();
  const actions = await auditActions(ctx);
  expect(actions).toEqual([...new Set(actions)].toSorted());
  expect(actions).toEqual(expect.arrayContaining(['thing.changed', 'thing.made', 'thingummy.made']));
});

const QUERY = `query ($filter: AuditFilter, $first: Int, $after: String) {
  auditEntries(filter: $filter, first: $first, after: $after) {
    edges { cursor node { action actorName before after facts } } pageInfo { hasNextPage endCursor } } }`;

interface Listed {
  auditEntries: {
    edges: { node: Record<string, unknown> }[];
    pageInfo: { hasNextPage: boolean; endCursor: string };
  };
}

test('the API tells before and after apart from the rest, and pages by its cursors', async () => {
  const { ctx, subject } = await entries();
  const { session } = await aSession(ctx, ['OWNER']);
  const variables = { filter: { subject }, first: 2 };
  const page = await it.app.graphql<Listed>({ query: QUERY, variables, session });
  expect(page.data?.auditEntries.edges.map(({ node }) => node)).toEqual([
    {
      action: 'thingummy.made',
      actorName: 'Мария',
      before: { a: 1 },
      after: { a: 2 },
      facts: { why: 'thingummy.made' },
    },
    {
      action: 'thing.changed',
      actorName: 'Мария',
      before: { a: 1 },
      after: { a: 2 },
      facts: { why: 'thing.changed' },
    },
  ]);
  const after = page.data?.auditEntries.pageInfo.endCursor;
  const rest = await it.app.graphql<Listed>({ query: QUERY, variables: { ...variables, after }, session });
  expect(rest.data?.auditEntries.edges.map(({ node }) => node['action'])).toEqual(['thing.made']);
  expect(rest.data?.auditEntries.pageInfo.hasNextPage).toBe(false);
});

test.each(['MARKETER', 'ANALYST', 'SUPPORT', 'STORE_MANAGER', 'SALES_ASSISTANT', 'INTEGRATOR'] as const)(
  '%s does not see the audit',
  async (role) => {
    const ctx = it.app.context();
    const places = role.startsWith('S') && role !== 'SUPPORT' ? { storeIds: [(await aStore(ctx)).id] } : {};
    const { session, actor } = await aSession(ctx, [role], places);
    const { errors } = await it.app.graphql({ query: QUERY, session });
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect(await refusal(readAudit(asActor(ctx, actor), {}, { after: null, limit: 1 }))).toMatchObject({
      code: 'FORBIDDEN',
    });
  },
);

test('the owner of a brand does not see what other brands did', async () => {
  const ctx = it.app.context();
  const { brandId } = await aStore(ctx);
  const actor = await staffActor(ctx, ['OWNER'], { brandId });
  expect(await refusal(readAudit(asActor(ctx, actor), {}, { after: null, limit: 1 }))).toMatchObject({
    code: 'FORBIDDEN',
  });
});

test('the export holds every entry, and no cell a spreadsheet would run', async () => {
  const { ctx, subject } = await entries();
  await audit(ctx, { action: '=HYPERLINK("http://x")', subject });
  const { session } = await aSession(ctx, ['OWNER']);
  const query = 'mutation ($filter: AuditFilter) { exportAudit(filter: $filter) }';
  const { data } = await it.app.graphql<{ exportAudit: string }>({
    query,
    variables: { filter: { subject } },
    session,
  });
  await runTasks(ctx);
  const task = await it.app.graphql<{ task: { state: string; result: unknown; file: { url: string } } }>({
    query: 'query ($id: ID!) { task(id: $id) { state result file { url } } }',
    variables: { id: data?.exportAudit },
    session,
  });
  expect(task.data?.task).toMatchObject({ state: 'DONE', result: { rows: 4 } });
  const response = await it.app.http.inject({
    url: task.data?.task.file.url ?? '',
    cookies: { clientele_session: session },
  });
  const lines = response.payload.split('\n');
  expect(lines[0]).toBe('\uFEFFat;who;name;action;subject;subject name;before;after;facts');
  expect(lines).toHaveLength(6);
  expect(lines[1]).toContain(`"'=HYPERLINK(""http://x"")"`);
  expect(lines[4]).toContain('"{""a"":1}"');
});
