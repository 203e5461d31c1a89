import { expect } from 'vitest';
import { executeRetroRun, planRetroRun, type PlanRetroRun } from '../orders/retro/steer-run.ts';
import { readRetroRun, resultOf } from '../orders/retro/retro-runs.ts';
import type { Context } from '../platform/context.ts';
import { globalId } from '../platform/graphql/global-id.ts';
import { readTask } from '../platform/tasks/index.ts';
import { asActor, asSystem } from './company.builders.ts';
import { aMember, aShop, orderRow, type ShopFacts } from './orders.builders.ts';
import { aRecord, record } from './records.builders.ts';
import { staffActor } from './staff.builders.ts';
import { runTasks } from './tasks.builders.ts';

/** The months before the rules of `aYoungProgram` began. */
export const ASKED_TIME = { from: new Date('2026-01-01T00:00:00Z'), to: new Date('2026-11-01T00:00:00Z') };

/** A program whose rules begin this November, and a marketer. */
export async function aYoungProgram(app: Context, facts: ShopFacts = {}) {
  const ctx = asSystem(app);
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
      ...ASKED_TIME,
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
export async function threeReceipts(app: Context, facts: ShopFacts = {}) {
  const young = await aYoungProgram(app, facts);
  const shopper = await aMember(young.ctx, young.shop);
  const orders = [
    await young.buy(shopper, '12350.00', '2026-03-01'),
    await young.buy(shopper, '4990.00', '2026-04-01'),
    await young.buy(shopper, '990.00', '2026-05-01'),
  ];
  return { ...young, shopper, orders };
}

/** Points of each purchase. */
export async function earnedOf(ctx: Context, orders: readonly string[]): Promise<number[]> {
  return Promise.all(orders.map(async (id) => (await orderRow(ctx, id)).earned));
}
