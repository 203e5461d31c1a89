import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { globalId } from '../../../platform/graphql/global-id.ts';
import type { Context } from '../../../platform/context.ts';
import { newId } from '../../../platform/ids.ts';
import { readTask } from '../../../platform/tasks/index.ts';
import { asActor, asSystem } from '../../../testing/company.builders.ts';
import { useTestApp } from '../../../testing/create-test-app.ts';
import { LedgerOf } from '../../../testing/loyalty.builders.ts';
import { aShop } from '../../../testing/orders.builders.ts';
import { aSession, staffActor } from '../../../testing/staff.builders.ts';
import { runTasks } from '../../../testing/tasks.builders.ts';
import { allPrograms } from '../../program/programs.ts';
import { startLiabilityExport } from './export-liability.ts';
import { fixLiabilityRates } from './liability-rates.ts';
import { readLiability } from './read-liability.ts';
import { takeSnapshot } from './take-snapshot.ts';

const it = useTestApp();
const DAY = 86_400_000;
/** 2026-11-22 09:00 UTC */
const iso = (ctx: Context, days = 0) => new Date(ctx.clock.now().getTime() + days * DAY).toISOString();

async function aProgramWithPoints() {
  const ctx = asSystem(it.app.context());
  const shop = await aShop(ctx);
  const analyst = asActor(ctx, await staffActor(ctx, ['ANALYST']));
  const member = () => new LedgerOf(ctx.sql, newId(), shop.programId);
  const read = (anew = true) => readLiability(analyst, shop.programId, anew);
  return { ctx, shop, analyst, member, read };
}

test('open points by the month of their end and of their activation, as they are at this moment', async () => {
  const { ctx, member, read } = await aProgramWithPoints();
  const [one, two] = [member(), member()];
  await one.earn({ points: 500, now: iso(ctx) });
  await one.earn({ points: 300, now: iso(ctx), expireAt: '2026-12-31T20:59:59Z' });
  await one.hold(newId(), 100, iso(ctx, 1), iso(ctx));
  await two.earn({
    points: 70,
    now: iso(ctx),
    activateAt: '2026-12-06T09:00:00Z',
    expireAt: '2027-01-31T20:59:59Z',
  });
  await two.earn({ points: 30, now: iso(ctx), activateAt: '2027-01-06T09:00:00Z' });
  const liability = await read();
  const part = (facts: object) => ({ active: 0, held: 0, pending: 0, ...facts });
  expect(liability).toMatchObject({ accounts: 2, active: 700, held: 100, pending: 100, debt: 0 });
  expect(liability?.byExpiry).toMatchObject([
    part({ month: '2026-12', active: 200, held: 100 }),
    part({ month: '2027-01', pending: 70 }),
    part({ month: null, active: 500, pending: 30 }),
  ]);
  expect(liability?.byActivation).toMatchObject([
    part({ month: '2026-12', pending: 70 }),
    part({ month: '2027-01', pending: 30 }),
  ]);
  // A young program owes everything: 900 points of one rouble.
  expect(liability?.worth).toEqual([{ currency: 'RUB', net: 90_000, gross: 90_000 }]);
});

test('no job has run: what fell due meanwhile is active, or gone', async () => {
  const { ctx, member, read } = await aProgramWithPoints();
  const one = member();
  await one.earn({ points: 40, now: iso(ctx), activateAt: iso(ctx, 2) });
  await one.earn({ points: 25, now: iso(ctx), expireAt: iso(ctx, 3) });
  it.app.clock.advance(4 * DAY);
  expect(await read()).toMatchObject({ active: 40, pending: 0 });
});

test('q and URR come from the last twelve months; what was fixed holds instead', async () => {
  const { ctx, shop, member, read } = await aProgramWithPoints();
  const one = member();
  const [bought, returned] = [newId(), newId()];
  // In March 1 000 froze: 800 of them became active, 200 went back with the goods.
  await one.earn({
    points: 800,
    now: '2026-03-01T09:00:00Z',
    activateAt: '2026-03-15T09:00:00Z',
    order: bought,
  });
  await one.earn({
    points: 200,
    now: '2026-03-01T09:00:00Z',
    activateAt: '2026-03-15T09:00:00Z',
    order: returned,
  });
  await one.clawBack(returned, 200, '2026-03-05T09:00:00Z');
  await one.bringTo('2026-04-01T09:00:00Z');
  const spent = newId();
  await one.commit(spent, 600, '2026-05-01T09:00:00Z');
  await one.restore(spent, 24, '2026-05-02T09:00:00Z');
  await one.earn({ points: 100, now: iso(ctx), activateAt: iso(ctx, 10) });
  const liability = await read();
  expect(liability).toMatchObject({
    active: 224,
    pending: 100,
    measured: {
      from: '2025-12',
      to: '2026-11',
      pendingBp: 8_000,
      redemptionBp: 7_200,
      redemptionIsCautious: false,
    },
    used: { pendingBp: 8_000, redemptionBp: 7_200 },
    // (224 + 100 · 0.8) · 0.72
    worth: [{ currency: 'RUB', net: 21_888, gross: 30_400 }],
  });
  expect(liability?.months).toMatchObject([
    { month: '2026-03', activated: 0, redemptionBp: null },
    { month: '2026-04', activated: 800, captured: 0, redemptionBp: 0, breakageBp: 0 },
    { month: '2026-05', activated: 0, captured: 600, restored: 24, redemptionBp: null },
    { month: '2026-11', activated: 0 },
  ]);
  const marketer = asActor(ctx, await staffActor(ctx, ['MARKETER']));
  await fixLiabilityRates(marketer, { programId: shop.programId, pendingBp: null, redemptionBp: 10_000 });
  expect(await read(false)).toMatchObject({
    used: { pendingBp: 8_000, redemptionBp: 10_000 },
    worth: [{ net: 30_400, gross: 30_400 }],
  });
  await expect(
    fixLiabilityRates(marketer, { programId: newId(), pendingBp: -1, redemptionBp: 10_001 }),
  ).rejects.toMatchObject({
    problems: [
      { path: ['programId'], code: 'UNKNOWN' },
      { path: ['pendingBp'], code: 'RANGE' },
      { path: ['redemptionBp'], code: 'RANGE' },
    ],
  });
});

test('a snapshot is shown for an hour and a half, then taken anew; months that are over are not counted again', async () => {
  const { ctx, shop, member, read } = await aProgramWithPoints();
  await member().earn({ points: 10, now: iso(ctx) });
  const takenAt = ctx.clock.now();
  expect(await read(false)).toMatchObject({ active: 10, takenAt });
  await member().earn({ points: 5, now: iso(ctx) });
  expect(await read(false)).toMatchObject({ active: 10, takenAt });
  expect(await read()).toMatchObject({ active: 15 });
  it.app.clock.advance(91 * 60_000);
  await member().earn({ points: 1, now: iso(ctx) });
  expect(await read(false)).toMatchObject({ active: 16, takenAt: ctx.clock.now() });
  const program = (await allPrograms(ctx)).find(({ id }) => id === shop.programId);
  if (program === undefined) throw new Error('there is no program');
  it.app.clock.advance(95 * DAY);
  await member().earn({ points: 2, now: iso(ctx) });
  const { months } = await takeSnapshot(ctx, program);
  expect(months.map(({ month, activated }) => [month, activated])).toEqual([
    ['2026-11', 16],
    ['2027-03', 2],
  ]);
});

test('who sees some stores only sees nothing of it', async () => {
  const { ctx, shop } = await aProgramWithPoints();
  const manager = asActor(ctx, await staffActor(ctx, ['STORE_MANAGER'], { storeIds: [shop.storeId] }));
  expect(await readLiability(manager, shop.programId)).toBeNull();
});

test('over GraphQL, and as a table', async () => {
  const { ctx, shop, member, analyst } = await aProgramWithPoints();
  await member().earn({ points: 1_250, now: iso(ctx), expireAt: '2032-02-28T20:59:59Z' });
  const { session } = await aSession(ctx, ['ANALYST']);
  const { data, errors } = await it.app.graphql<{ recountLiability: { liability: object } }>({
    query: `mutation ($id: ID!) { recountLiability(programId: $id) { liability { takenAt accounts active pending held debt
      program { name } pointValues { currency amount } measured { from to pendingBp redemptionBp pendingIsCautious }
      fixed { pendingBp redemptionBp } used { pendingBp redemptionBp } worth { currency net gross }
      byExpiry { month active worth { net } } byActivation { month } months { month activated redemptionBp } } } }`,
    variables: { id: globalId('Program', shop.programId) },
    session,
  });
  expect(errors).toBeUndefined();
  expect(data?.recountLiability.liability).toMatchObject({
    active: 1_250,
    pointValues: [{ currency: 'RUB', amount: '1.00' }],
    worth: [{ currency: 'RUB', net: '1250.00', gross: '1250.00' }],
    byExpiry: [{ month: '2032-02', active: 1_250, worth: [{ net: '1250.00' }] }],
    byActivation: [],
    fixed: { pendingBp: null, redemptionBp: null },
  });
  const taskId = await startLiabilityExport(analyst, { programId: shop.programId, language: 'ru' });
  await runTasks(ctx);
  const task = await readTask(ctx, taskId);
  expect(task?.state).toBe('DONE');
  const text = await readFile(join(ctx.dataDir, 'files', task?.file_id ?? ''), 'utf8');
  expect(text.split('\n')).toContain('2032-02;1250;0;0;1250.00;1250.00');
  expect(text.split('\n')).toContain('Всего;1250;0;0;1250.00;1250.00');
});
