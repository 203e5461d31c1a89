import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { readAttention } from '../../../company/index.ts';
import type { Context } from '../../../platform/context.ts';
import { newId } from '../../../platform/ids.ts';
import { asActor } from '../../../testing/company.builders.ts';
import { useTestApp } from '../../../testing/create-test-app.ts';
import { ledgerViolations } from '../../../testing/loyalty.builders.ts';
import { aDraft, aLine, aMember, aShop, atTill, aVisit, sold } from '../../../testing/orders.builders.ts';
import { broughtBack } from '../../../testing/returns.builders.ts';
import { aSession, staffActor } from '../../../testing/staff.builders.ts';
import { INCIDENT_KINDS } from '../../ledger/incident.entity.ts';
import { LOYALTY_ATTENTION } from '../../attention.ts';
import { countIncidents, listIncidents } from './list-incidents.ts';
import { closeIncidents, reopenIncidents } from './settle-incidents.ts';
import { incidentHandler } from './tell-of-incidents.ts';

const it = useTestApp();
const DAY = 86_400_000;

/** Bought for 1 990.00, its 57 points spent elsewhere, then returned. */
async function aDebt(ctx: Context) {
  const shop = await aShop(ctx, { settings: { freezeDays: 0 } });
  const till = await atTill(ctx, shop);
  const shopper = await aMember(ctx, shop);
  const visit = async () => ({ visitId: await aVisit(till, shopper) });
  const first = await sold(
    till,
    aDraft({ lines: [aLine({ unitPrice: '1990.00' })], shopper: await visit() }),
  );
  await sold(
    till,
    aDraft({ lines: [aLine({ unitPrice: '1000.00' })], shopper: await visit(), spendPoints: { max: true } }),
  );
  // What the second purchase earned is taken, too.
  await ctx.sql
    .updateTable('lot')
    .set({ expire_at: ctx.clock.now() })
    .where('profile_id', '=', shopper)
    .where('source_id', '!=', first.orderId)
    .execute();
  await ctx.sql
    .updateTable('loyalty_account')
    .set({ due_at: ctx.clock.now() })
    .where('profile_id', '=', shopper)
    .execute();
  await broughtBack(till, first.externalId);
  return { shop, shopper, first };
}

async function desk(ctx: Context, role: 'SUPPORT' | 'MARKETER' | 'ANALYST') {
  return asActor(ctx, await staffActor(ctx, [role], { name: 'Вера' }));
}

async function raise(ctx: Context, facts: { kind: string; storeId?: string; profileId?: string }) {
  const id = newId();
  await ctx.sql
    .insertInto('incident')
    .values({
      id,
      profile_id: facts.profileId ?? newId(),
      kind: facts.kind as (typeof INCIDENT_KINDS)[number],
      order_id: null,
      store_id: facts.storeId ?? null,
      facts: {},
      occurred_at: ctx.clock.now(),
      closed_at: null,
      closed_by: null,
      closed_note: null,
    })
    .execute();
  return id;
}

test('a return of what was spent leaves a debt: staff see it with its numbers, its purchase and its shop', async () => {
  const ctx = it.app.context();
  const { shop, shopper, first } = await aDebt(ctx);
  const support = await desk(ctx, 'SUPPORT');
  const page = await listIncidents(support, { kinds: ['DEBT'], open: true, storeId: shop.storeId });
  expect(page.edges.map(({ node }) => node)).toEqual([
    {
      id: expect.any(String) as string,
      profileId: shopper,
      kind: 'DEBT',
      orderId: first.orderId,
      storeId: shop.storeId,
      facts: {
        programId: shop.programId,
        returnId: expect.any(String) as string,
        clawed: 57,
        debt: 57,
      },
      occurredAt: ctx.clock.now(),
      closedAt: null,
      closedBy: null,
      closedNote: null,
    },
  ]);
  const events = await ctx.sql
    .selectFrom('outbox_event')
    .select(['kind', 'payload'])
    .where('profile_id', '=', shopper)
    .where('kind', '=', 'incident.raised')
    .execute();
  expect(events).toMatchObject([{ payload: { kind: 'DEBT', orderId: first.orderId } }]);
});

test('closed with a note by name, taken back, and both are audited', async () => {
  const ctx = it.app.context();
  const support = await desk(ctx, 'SUPPORT');
  const id = await raise(ctx, { kind: 'CLOCK_SKEW' });
  const closed = await closeIncidents(support, { incidentIds: [id], note: ' часы переведены ' });
  expect(closed).toMatchObject({
    changed: 1,
    incidents: [{ closedBy: 'Вера', closedNote: 'часы переведены', closedAt: ctx.clock.now() }],
  });
  // A second one changes nothing: the first note stays.
  expect(await closeIncidents(support, { incidentIds: [id], note: 'ещё раз' })).toMatchObject({
    changed: 0,
    incidents: [{ closedNote: 'часы переведены' }],
  });
  expect(await reopenIncidents(support, { incidentIds: [id] })).toMatchObject({
    changed: 1,
    incidents: [{ closedBy: null, closedNote: null, closedAt: null }],
  });
  const audited = await ctx.sql
    .selectFrom('audit_entry')
    .select(['action', 'facts'])
    .where('subject', '=', `incident:${id}`)
    .orderBy('id')
    .execute();
  expect(audited).toEqual([
    { action: 'incident.closed', facts: { note: 'часы переведены' } },
    { action: 'incident.reopened', facts: {} },
  ]);
});

test('page by page, the newest first; counted by kind', async () => {
  const ctx = it.app.context();
  const shop = await aShop(ctx);
  const manager = asActor(ctx, await staffActor(ctx, ['STORE_MANAGER'], { storeIds: [shop.storeId] }));
  const ids: string[] = [];
  for (const kind of ['DEBT', 'RULE_FAILED', 'DEBT'] as const) {
    it.app.clock.advance(1_000);
    ids.unshift(await raise(ctx, { kind, storeId: shop.storeId }));
  }
  await raise(ctx, { kind: 'DEBT' });
  const first = await listIncidents(manager, { first: 2 });
  const second = await listIncidents(manager, { first: 2, after: first.pageInfo.endCursor });
  expect([...first.edges, ...second.edges].map(({ node }) => node.id)).toEqual(ids);
  expect(second.pageInfo.hasNextPage).toBe(false);
  expect((await countIncidents(manager)).filter(({ open }) => open > 0)).toEqual([
    { kind: 'DEBT', open: 2 },
    { kind: 'RULE_FAILED', open: 1 },
  ]);
  // Another shop's, and those of no shop, do not exist for the manager.
  const foreign = await raise(ctx, { kind: 'DEBT' });
  const support = await desk(ctx, 'SUPPORT');
  await expect(closeIncidents(manager, { incidentIds: ids, note: 'x' })).rejects.toMatchObject({
    code: 'FORBIDDEN',
  });
  const bound = { ...support, actor: { ...support.actor, storeIds: [shop.storeId] } };
  await expect(closeIncidents(bound, { incidentIds: [foreign], note: 'x' })).rejects.toMatchObject({
    problems: [{ path: ['incidentIds', '0'], code: 'UNKNOWN' }],
  });
});

test('a rule that fails on every receipt is one incident while it stands open', async () => {
  const ctx = it.app.context();
  const facts = JSON.stringify({ promotionId: newId(), problem: 'no price' });
  const fail = () =>
    sql`select public.loyalty_raise_incident(${newId()}, 'RULE_FAILED', null, ${facts}::jsonb, ${ctx.clock.now()})`.execute(
      ctx.sql,
    );
  const raised = async () =>
    (
      await ctx.sql
        .selectFrom('incident')
        .select('id')
        .where('facts', '=', facts as never)
        .execute()
    ).map(({ id }) => id);
  await fail();
  await fail();
  const [id = '', ...more] = await raised();
  expect(more).toEqual([]);
  await closeIncidents(await desk(ctx, 'MARKETER'), { incidentIds: [id], note: 'правило исправлено' });
  await fail();
  expect(await raised()).toHaveLength(2);
});

test('one notification a kind while it is unread, for those whose work it is; the first page counts what is open', async () => {
  const ctx = it.app.context();
  const [support, marketer] = [await desk(ctx, 'SUPPORT'), await desk(ctx, 'MARKETER')];
  const told = async (who: Context) =>
    (
      await ctx.sql
        .selectFrom('notification')
        .select(['kind', 'link'])
        .where('staff_id', '=', who.actor.id)
        .execute()
    ).map(({ kind, link }) => [kind, link]);
  const event = (kind: string) => ({
    id: newId(),
    kind: 'incident.raised',
    profileId: newId(),
    payload: { kind },
    occurredAt: ctx.clock.now(),
  });
  for (const kind of ['DEBT', 'DEBT', 'RULE_FAILED']) await incidentHandler.handle(ctx, event(kind));
  expect(await told(support)).toEqual([['incident.DEBT', '/loyalty/incidents?kind=DEBT']]);
  expect(await told(marketer)).toEqual([['incident.RULE_FAILED', '/loyalty/incidents?kind=RULE_FAILED']]);
  const open = (await countIncidents(support)).reduce((sum, row) => sum + row.open, 0);
  await raise(ctx, { kind: 'DEBT' });
  expect(await readAttention(support, LOYALTY_ATTENTION)).toMatchObject([
    { code: 'incidents.open', count: open + 1, link: '/loyalty/incidents' },
  ]);
});

test('bad input is told by its path; an analyst sees and settles nothing', async () => {
  const ctx = it.app.context();
  const { session } = await aSession(ctx, ['SUPPORT']);
  const CLOSE = `mutation ($input: CloseIncidentsInput!) { closeIncidents(input: $input) { __typename
    ... on InvalidInput { problems { path code } } } }`;
  const close = async (input: object, as = session) => {
    const answer = await it.app.graphql<{ closeIncidents: unknown }>({
      query: CLOSE,
      variables: { input },
      session: as,
    });
    return answer.errors?.[0]?.extensions.code ?? answer.data?.closeIncidents;
  };
  const problems = (...list: [string, string][]) => ({
    __typename: 'InvalidInput',
    problems: list.map(([path, code]) => ({ path: path.split('.'), code })),
  });
  expect(await close({ incidentIds: [], note: ' ' })).toEqual(
    problems(['note', 'REQUIRED'], ['incidentIds', 'REQUIRED']),
  );
  expect(await close({ incidentIds: ['x'], note: 'ok' })).toEqual(problems(['incidentIds.0', 'UNKNOWN']));
  expect(await close({ incidentIds: ['x'], note: 'a'.repeat(501) })).toEqual(
    problems(['note', 'RANGE'], ['incidentIds.0', 'UNKNOWN']),
  );
  const analyst = await aSession(ctx, ['ANALYST']);
  expect(await close({ incidentIds: ['x'], note: 'ok' }, analyst.session)).toBe('FORBIDDEN');
  const { data } = await it.app.graphql<{ incidents: { edges: { node: object }[] } }>({
    query: `{ incidents(first: 1, kinds: [DEBT]) { edges { node { id kind profile { id } order { id } store { id } } } } }`,
    session: analyst.session,
  });
  expect(data?.incidents.edges).toHaveLength(1);
});

test('debts of a returned sale leave the ledger whole', async () => {
  const ctx = it.app.context();
  await aDebt(ctx);
  it.app.clock.advance(DAY);
  expect(await ledgerViolations(ctx.sql)).toEqual([]);
});
