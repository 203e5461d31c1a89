import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { allPrograms, publishProgramVersion } from '../../loyalty/index.ts';
import { globalId } from '../../platform/graphql/global-id.ts';
import type { Context } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { readTask } from '../../platform/tasks/index.ts';
import { presetSettings } from '@clientele/shared/receipt';
import { asActor, asSystem } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { ledgerViolations } from '../../testing/loyalty.builders.ts';
import {
  aMember,
  aShop,
  atTill,
  balanceOf,
  orderRow,
  type ShopFacts,
} from '../../testing/orders.builders.ts';
import { aRecord, record, recordBack } from '../../testing/records.builders.ts';
import { aSession, staffActor } from '../../testing/staff.builders.ts';
import { runTasks } from '../../testing/tasks.builders.ts';
import { returnOrder } from '../index.ts';
import { nextCandidates } from './candidates.ts';
import { readRetroRun, resultOf } from './retro-runs.ts';
import { retroGrant } from './retro-tasks.ts';
import { executeRetroRun, planRetroRun, undoRetroRun, type PlanRetroRun } from './steer-run.ts';

const it = useTestApp();
const DAY = 86_400_000;
const FROM = new Date('2026-01-01T00:00:00Z');
const TO = new Date('2026-11-01T00:00:00Z');

/** A program whose rules begin this November, and a marketer. */
async function aYoungProgram(facts: ShopFacts = {}) {
  const ctx = asSystem(it.app.context());
  const validFrom = new Date('2026-11-01T00:00:00Z');
  const shop = await aShop(ctx, { mode: 'EARN_ONLY', validFrom, ...facts });
  const marketer = asActor(ctx, await staffActor(ctx, ['MARKETER'], { name: 'Марк' }));
  const buy = async (profileId: string, price: string, day: string, source = 'old-crm') => {
    const [result] = await record(
      ctx,
      source,
      aRecord(shop, {
        occurredAt: new Date(`${day}T12:00:00Z`),
        profile: { id: globalId('Profile', profileId) },
        lines: [{ sku: 'coat', quantity: '1', unitPrice: price }],
      }),
    );
    return result?.orderId ?? '';
  };
  /** Counted in the background. */
  const plan = async (more: Partial<PlanRetroRun> = {}) => {
    const { run } = await planRetroRun(marketer, {
      programId: shop.programId,
      from: FROM,
      to: TO,
      versionNumber: 1,
      ...more,
    });
    await runTasks(ctx);
    return counted(ctx, run.id);
  };
  const execute = async (runId: string) => {
    const { taskId } = await executeRetroRun(marketer, { runId });
    await runTasks(ctx);
    const task = await readTask(ctx, taskId);
    expect(task).toMatchObject({ state: 'DONE', error_code: null });
    return { ...(await resultOf(ctx, runId)), fileId: task?.file_id ?? '' };
  };
  return { ctx, shop, marketer, buy, plan, execute };
}

async function counted(ctx: Context, id: string) {
  const run = await readRetroRun(ctx, id);
  if (run === null || run.counted === null) throw new Error('it was not counted');
  return { runId: id, run, ...run.counted };
}

/** E14's three receipts: 369 + 147 + 27, none of them earned when it was recorded. */
async function threeReceipts(facts: ShopFacts = {}) {
  const young = await aYoungProgram(facts);
  const shopper = await aMember(young.ctx, young.shop);
  const orders = [
    await young.buy(shopper, '12350.00', '2026-03-01'),
    await young.buy(shopper, '4990.00', '2026-04-01'),
    await young.buy(shopper, '990.00', '2026-05-01'),
  ];
  return { ...young, shopper, orders };
}

async function earnedOf(ctx: Context, orders: readonly string[]): Promise<number[]> {
  return Promise.all(orders.map(async (id) => (await orderRow(ctx, id)).earned));
}

test('E14: per receipt 369 + 147 + 27 = 543, first counted, then granted; again it is 0', async () => {
  const { ctx, shop, shopper, orders, plan, execute } = await threeReceipts();
  expect(await earnedOf(ctx, orders)).toEqual([0, 0, 0]);
  const dry = await plan();
  expect(dry).toMatchObject({
    customers: 1,
    orders: 3,
    points: 543,
    cut: 0,
    nothing: 0,
    samples: [{ profileId: shopper, orders: 3, points: 543, cut: 0 }],
    worth: [{ currency: 'RUB', net: 54_300, gross: 54_300 }],
  });
  expect(await balanceOf(ctx, shop, shopper)).toMatchObject({ active: 0, pending: 0 });
  expect(await execute(dry.runId)).toMatchObject({ customers: 1, orders: 3, points: 543, cut: 0 });
  expect(await earnedOf(ctx, orders)).toEqual([369, 147, 27]);
  // Long past their freeze, they are active at once.
  expect(await balanceOf(ctx, shop, shopper)).toMatchObject({ active: 543, pending: 0 });
  const lots = await ctx.sql
    .selectFrom('lot')
    .select(['source', 'source_id', 'granted', 'rule_id'])
    .where('profile_id', '=', shopper)
    .orderBy('id')
    .execute();
  expect(lots).toEqual(
    orders.map((source_id, index) => ({
      source: 'RETRO',
      source_id,
      granted: [369, 147, 27][index],
      rule_id: 'purchase',
    })),
  );
  expect(await plan()).toMatchObject({ customers: 0, orders: 0, points: 0 });
  expect(await ledgerViolations(ctx.sql)).toEqual([]);
});

test('E14: a cap of 500 grants 500, what is cut is cut from the last receipts, again it is 0', async () => {
  const { ctx, orders, plan, execute } = await threeReceipts();
  const dry = await plan({ capPerCustomer: 500 });
  expect(dry).toMatchObject({ points: 500, cut: 43, capped: 1, orders: 2 });
  expect(await execute(dry.runId)).toMatchObject({ points: 500, cut: 43, orders: 3 });
  expect(await earnedOf(ctx, orders)).toEqual([369, 131, 0]);
  const cuts = await ctx.sql
    .selectFrom('retro_grant')
    .select(['order_id', 'points', 'cut'])
    .where('run_id', '=', dry.runId)
    .orderBy('id')
    .execute();
  expect(cuts).toEqual([
    { order_id: orders[0], points: 369, cut: 0 },
    { order_id: orders[1], points: 131, cut: 16 },
    { order_id: orders[2], points: 0, cut: 27 },
  ]);
  const shares = await ctx.sql
    .selectFrom('order_line')
    .select('earn_share')
    .where('order_id', '=', orders[1] ?? '')
    .execute();
  expect(shares).toEqual([{ earn_share: 131 }]);
  expect(await plan()).toMatchObject({ points: 0 });
});

test('by the rules of the day of purchase: before the first version there are none', async () => {
  const { plan } = await threeReceipts();
  expect(await plan({ versionNumber: null })).toMatchObject({ customers: 0, points: 0, nothing: 3 });
});

test('only what was asked for: dates, sources, stores', async () => {
  const { ctx, shop, shopper, buy, plan } = await threeReceipts();
  await buy(shopper, '1000.00', '2026-06-01', 'site');
  expect(
    await plan({ from: new Date('2026-04-01T12:00:00Z'), to: new Date('2026-05-01T12:00:00Z') }),
  ).toMatchObject({
    orders: 1,
    points: 147,
  });
  expect(await plan({ sources: ['site', 'nobody'] })).toMatchObject({ orders: 1, points: 30 });
  expect(await plan({ storeIds: [shop.storeId] })).toMatchObject({ orders: 4, points: 573 });
  const other = await aShop(ctx);
  await expect(plan({ storeIds: [other.storeId] })).rejects.toMatchObject({
    problems: [{ path: ['storeIds', '0'], code: 'UNKNOWN' }],
  });
});

test('goods that came back earn nothing, and what comes back later takes its points along', async () => {
  const { ctx, shop, buy, plan, execute } = await aYoungProgram();
  const shopper = await aMember(ctx, shop);
  const profile = { id: globalId('Profile', shopper) };
  const lines = [
    { sku: 'coat', quantity: '1', unitPrice: '1000.00' },
    { sku: 'hat', quantity: '1', unitPrice: '990.00' },
  ];
  const sale = aRecord(shop, { occurredAt: new Date('2026-03-01T12:00:00Z'), profile, lines });
  const [sold] = await record(ctx, 'old-crm', sale);
  await recordBack(ctx, 'old-crm', {
    externalId: newId(),
    occurredAt: new Date('2026-03-05T12:00:00Z'),
    order: { external: { id: sale.externalId } },
    lines: [{ sku: 'hat', quantity: '1' }],
    receipts: [],
  });
  const gone = await buy(shopper, '500.00', '2026-03-02');
  await ctx.sql.updateTable('orders').set({ state: 'RETURNED' }).where('id', '=', gone).execute();
  const dry = await plan();
  expect(dry).toMatchObject({ orders: 1, points: 30 });
  await execute(dry.runId);
  expect(await balanceOf(ctx, shop, shopper)).toMatchObject({ active: 30 });
  const till = await atTill(ctx, shop);
  const back = await returnOrder(asActor(ctx, { ...ctx.actor, till: till.actor.till }), {
    requestId: newId(),
    order: { id: globalId('Order', sold?.orderId ?? '') },
    externalId: newId(),
    lines: [{ number: 1, quantity: '1' }],
    receipts: [],
  });
  expect(back).toMatchObject({ moneyBack: 100_000, pointsClawedBack: 30 });
  expect(await balanceOf(ctx, shop, shopper)).toMatchObject({ active: 0, debt: 0 });
  expect(await ledgerViolations(ctx.sql)).toEqual([]);
});

test('a freeze of its own counts from the granting; expiry counts from the activation', async () => {
  const { ctx, shop, shopper, plan, execute } = await threeReceipts({ settings: { ttlDays: 30 } });
  const { runId } = await plan({ freezeDays: 10 });
  await execute(runId);
  expect(await balanceOf(ctx, shop, shopper)).toMatchObject({ active: 0, pending: 543 });
  const [lot] = await ctx.sql
    .selectFrom('lot')
    .select(['activate_at', 'expire_at'])
    .where('profile_id', '=', shopper)
    .execute();
  expect(lot?.activate_at).toEqual(new Date(it.app.clock.now().getTime() + 10 * DAY));
  expect(lot?.expire_at?.getTime()).toBeGreaterThanOrEqual(it.app.clock.now().getTime() + 40 * DAY);
});

test('who is blocked gets nothing, nor do purchases of nobody known', async () => {
  const { ctx, shop, shopper, plan } = await threeReceipts();
  await record(ctx, 'old-crm', aRecord(shop, { occurredAt: new Date('2026-03-03T12:00:00Z') }));
  await sql`insert into loyalty_account (profile_id, program_id, status, opened_at)
    values (${shopper}, ${shop.programId}, 'BLOCKED', ${ctx.clock.now()})`.execute(ctx.sql);
  expect(await plan()).toMatchObject({ customers: 0, points: 0, blocked: 1 });
});

test('killed in the middle and run again: every purchase once, the cap over both halves', async () => {
  const { ctx, shop, buy, plan, marketer } = await aYoungProgram();
  const shoppers: string[] = [];
  for (let count = 0; count < 60; count += 1) shoppers.push(await aMember(ctx, shop));
  for (const shopper of shoppers) {
    await buy(shopper, '1000.00', '2026-03-01');
    await buy(shopper, '1000.00', '2026-03-02');
  }
  const { runId, run } = await plan({ capPerCustomer: 45 });
  expect(run.counted).toMatchObject({ customers: 60, points: 60 * 45, cut: 60 * 15 });
  await executeRetroRun(marketer, { runId });
  // The first fifty customers are through when the process dies.
  const dying = new AbortController();
  await retroGrant.run(ctx, { runId }, () => dying.abort('KILLED'), dying.signal, { id: newId() });
  expect(await resultOf(ctx, runId)).toMatchObject({ customers: 50, points: 50 * 45 });
  expect(await readRetroRun(ctx, runId)).toMatchObject({ state: 'RUNNING' });
  // Two take it up at once.
  const alive = new AbortController().signal;
  await Promise.all([
    retroGrant.run(asSystem(it.app.context()), { runId }, () => undefined, alive, { id: newId() }),
    retroGrant.run(asSystem(it.app.context()), { runId }, () => undefined, alive, { id: newId() }),
  ]);
  expect(await resultOf(ctx, runId)).toEqual({
    customers: 60,
    orders: 120,
    points: 60 * 45,
    cut: 60 * 15,
    undone: 0,
  });
  const { total } = await ctx.sql
    .selectFrom('loyalty_account')
    .select((eb) => eb.fn.sum<number>('active').as('total'))
    .where('program_id', '=', shop.programId)
    .executeTakeFirstOrThrow();
  expect(Number(total)).toBe(60 * 45);
  expect(await ledgerViolations(ctx.sql)).toEqual([]);
  await runTasks(ctx);
});

test('taken back: what is unspent, as a correction with its reason; then the purchases may earn anew', async () => {
  const { ctx, shop, shopper, orders, plan, execute, marketer } = await threeReceipts();
  const { runId } = await plan();
  await execute(runId);
  // 400 of the 543 are spent: the first receipt's 369 and 31 of the second's.
  const spent = newId();
  await sql`select public.loyalty_spend_late(${shopper}, ${shop.programId}, ${spent}, 400, ${ctx.clock.now()}, 'test')`.execute(
    ctx.sql,
  );
  const { taskId } = await undoRetroRun(marketer, { runId, reason: 'Начислено по ошибке' });
  await runTasks(ctx);
  expect(await readTask(ctx, taskId)).toMatchObject({ state: 'DONE', result: { undone: 143, spent: 400 } });
  expect(await readRetroRun(ctx, runId)).toMatchObject({ state: 'UNDONE' });
  expect(await balanceOf(ctx, shop, shopper)).toMatchObject({ active: 0, debt: 0 });
  expect(await earnedOf(ctx, orders)).toEqual([369, 31, 0]);
  const journals = await ctx.sql
    .selectFrom('loyalty_journal')
    .select(['kind', 'points', 'reason', 'order_id'])
    .where('profile_id', '=', shopper)
    .where('kind', '=', 'ADJUST')
    .orderBy('revision')
    .execute();
  expect(journals).toEqual([
    { kind: 'ADJUST', points: -116, reason: 'Начислено по ошибке', order_id: orders[1] },
    { kind: 'ADJUST', points: -27, reason: 'Начислено по ошибке', order_id: orders[2] },
  ]);
  // Of the third receipt nothing was left: it may get its points again.
  expect(await plan()).toMatchObject({ orders: 1, points: 27 });
  expect(await ledgerViolations(ctx.sql)).toEqual([]);
  await expect(undoRetroRun(marketer, { runId, reason: 'ещё' })).rejects.toMatchObject({
    problems: [{ path: ['runId'], code: 'MISMATCH' }],
  });
});

test('the result is a table of purchases without contacts', async () => {
  const { ctx, shopper, plan, execute } = await threeReceipts();
  const { runId } = await plan();
  const { fileId } = await execute(runId);
  const [file] = await ctx.sql.selectFrom('stored_file').selectAll().where('id', '=', fileId).execute();
  expect(file).toMatchObject({ scope: 'loyalty.write', holds_list: true });
  const text = await readFile(join(ctx.dataDir, 'files', fileId), 'utf8').catch(() => '');
  const rows = text.split('\n').filter((row) => row.includes(shopper));
  expect(rows.map((row) => row.split(';').slice(-4, -1).join())).toEqual([
    '12350.00,RUB,369',
    '4990.00,RUB,147',
    '990.00,RUB,27',
  ]);
});

test('one thing at a time, and only who writes the program', async () => {
  const { ctx, shop, marketer, plan } = await threeReceipts();
  const { run } = await planRetroRun(marketer, { programId: shop.programId, from: FROM, to: TO });
  const refusedWith = (code: string) => ({ problems: [{ path: ['runId'], code }] });
  await expect(executeRetroRun(marketer, { runId: run.id })).rejects.toMatchObject(refusedWith('MISMATCH'));
  await runTasks(ctx);
  await expect(undoRetroRun(marketer, { runId: run.id, reason: 'x' })).rejects.toMatchObject(
    refusedWith('MISMATCH'),
  );
  await expect(executeRetroRun(marketer, { runId: newId() })).rejects.toMatchObject(refusedWith('UNKNOWN'));
  const support = asActor(ctx, await staffActor(ctx, ['SUPPORT']));
  await expect(executeRetroRun(support, { runId: run.id })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(
    plan({ from: TO, to: FROM, capPerCustomer: 0, freezeDays: -1, versionNumber: 9, sources: [''] }),
  ).rejects.toMatchObject({
    problems: [
      { path: ['to'], code: 'RANGE' },
      { path: ['capPerCustomer'], code: 'RANGE' },
      { path: ['freezeDays'], code: 'RANGE' },
      { path: ['versionNumber'], code: 'UNKNOWN' },
      { path: ['sources', '0'], code: 'REQUIRED' },
    ],
  });
});

test('over GraphQL: planned, counted, executed, read', async () => {
  const { ctx, shop, shopper } = await threeReceipts();
  const { session } = await aSession(ctx, ['MARKETER']);
  const programId = globalId('Program', shop.programId);
  const ask = async (query: string, variables: Record<string, unknown>) => {
    const { data, errors } = await it.app.graphql<Record<string, unknown>>({ query, variables, session });
    expect(errors).toBeUndefined();
    return Object.values(data ?? {})[0] as Record<string, unknown>;
  };
  const planned = await ask(
    `mutation ($input: PlanRetroRunInput!) { planRetroRun(input: $input) { __typename
      ... on RetroRunStarted { taskId run { id state } } ... on InvalidInput { problems { path code } } } }`,
    { input: { programId, from: FROM, to: TO, versionNumber: 1, capPerCustomer: 500 } },
  );
  expect(planned).toMatchObject({ __typename: 'RetroRunStarted', run: { state: 'COUNTING' } });
  await runTasks(ctx);
  const { id } = planned['run'] as { id: string };
  const read = () =>
    ask(
      `query ($id: ID!) { retroRun(id: $id) { state versionNumber capPerCustomer sources stores { id } program { name }
        counted { customers orders points cut worth { currency net gross } samples { points profile { id } } }
        result { customers orders points cut undone } } }`,
      { id },
    );
  expect(await read()).toMatchObject({
    state: 'COUNTED',
    versionNumber: 1,
    counted: {
      points: 500,
      cut: 43,
      samples: [{ points: 500, profile: { id: globalId('Profile', shopper) } }],
    },
    result: { points: 0 },
  });
  await ask(`mutation ($id: ID!) { executeRetroRun(runId: $id) { __typename } }`, { id });
  await runTasks(ctx);
  expect(await read()).toMatchObject({ state: 'DONE', result: { points: 500, orders: 3 } });
});

test('a batch is a few customers with all of their purchases', async () => {
  const { ctx, shop, orders, shopper } = await threeReceipts();
  const program = (await allPrograms(ctx)).find(({ id }) => id === shop.programId);
  if (program === undefined) throw new Error('there is no program');
  await publishProgramVersion(ctx, { programId: shop.programId, settings: presetSettings });
  const all = {
    from: FROM.toISOString(),
    to: TO.toISOString(),
    sources: null,
    storeIds: null,
    capPerCustomer: null,
    versionId: null,
    freezeDays: null,
  };
  const batch = await nextCandidates(ctx, program, all, '00000000-0000-0000-0000-000000000000');
  expect(batch?.last).toBe(shopper);
  expect(batch?.orders.get(shopper)?.map(({ id }) => id)).toEqual(orders);
  expect(await nextCandidates(ctx, program, all, shopper)).toBeNull();
});
