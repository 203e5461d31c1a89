import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { readTask } from '../../platform/tasks/index.ts';
import { asActor, asSystem } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { ledgerViolations } from '../../testing/loyalty.builders.ts';
import { aMember, balanceOf } from '../../testing/orders.builders.ts';
import { ASKED_TIME, aYoungProgram, earnedOf, threeReceipts } from '../../testing/retro.builders.ts';
import { staffActor } from '../../testing/staff.builders.ts';
import { runTasks } from '../../testing/tasks.builders.ts';
import { readRetroRun, resultOf } from './retro-runs.ts';
import { retroGrant } from './retro-tasks.ts';
import { executeRetroRun, planRetroRun, undoRetroRun } from './steer-run.ts';

const it = useTestApp();

test('killed in the middle and run again: every purchase once, the cap over both halves', async () => {
  const { ctx, shop, buy, plan, marketer } = await aYoungProgram(it.app.context());
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
  const { ctx, shop, shopper, orders, plan, execute, marketer } = await threeReceipts(it.app.context());
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

test('one thing at a time, and only who writes the program', async () => {
  const { ctx, shop, marketer, plan } = await threeReceipts(it.app.context());
  const { run } = await planRetroRun(marketer, { programId: shop.programId, ...ASKED_TIME });
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
    plan({
      from: ASKED_TIME.to,
      to: ASKED_TIME.from,
      capPerCustomer: 0,
      freezeDays: -1,
      versionNumber: 9,
      sources: [''],
    }),
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
