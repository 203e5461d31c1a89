import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { issueCode } from './offers/index.ts';
import { startTask } from './platform/tasks/index.ts';
import { aPool } from './testing/codes.builders.ts';
import { asActor, aStore } from './testing/company.builders.ts';
import { useTestApp } from './testing/create-test-app.ts';
import { aShopper } from './testing/profiles.builders.ts';
import { aPromotion } from './testing/promotions.builders.ts';
import { aSession } from './testing/staff.builders.ts';
import { runTasks } from './testing/tasks.builders.ts';

const it = useTestApp();

test('codes issued to a person are among the data they get: what for, until when, what became of them', async () => {
  const ctx = it.app.context();
  const { brandId } = await aStore(ctx);
  const promotionId = await aPromotion(ctx, { brandId, title: 'Минус десять' });
  const pool = await aPool(ctx, { brandId, promotionId, validDays: 30 });
  const { id: profileId } = await aShopper(ctx);
  const other = await aShopper(ctx);
  const give = (whose: string, dedupeKey: string) =>
    issueCode(ctx, { poolId: pool.id, profileId: whose, dedupeKey });
  const [spent, open] = [await give(profileId, 'first'), await give(profileId, 'second')];
  const foreign = await give(other.id, 'third');
  const usedAt = ctx.clock.now();
  await ctx.sql
    .updateTable('promo_code')
    .set({ state: 'USED', used_at: usedAt })
    .where('id', '=', spent.id)
    .execute();

  const { actor } = await aSession(ctx, ['OWNER']);
  await startTask(asActor(ctx, actor), {
    kind: 'customers.export-person',
    facts: { profileId, language: 'ru' },
  });
  await runTasks(ctx);
  const texts = await filesWith(open.code);
  const json = texts.find((text) => text.startsWith('{')) ?? '{}';
  const { promoCodes } = JSON.parse(json) as { promoCodes: unknown[] };
  const common = {
    promotion: 'Минус десять',
    at: ctx.clock.now().toISOString(),
    reason: null,
    from: null,
    validTo: open.expiresAt?.toISOString(),
  };
  expect(promoCodes).toEqual(
    expect.arrayContaining([
      { ...common, code: spent.code, state: 'USED', usedAt: usedAt.toISOString() },
      { ...common, code: open.code, state: 'ISSUED', usedAt: null },
    ]),
  );
  expect(promoCodes).toHaveLength(2);
  const csv = texts.find((text) => text.includes('О человеке')) ?? '';
  expect([csv.includes('Промокоды'), csv.includes('Минус десять'), csv.includes(foreign.code)]).toEqual([
    true,
    true,
    false,
  ]);
});

async function filesWith(mark: string): Promise<string[]> {
  const folder = join(it.app.config.dataDir, 'files');
  const texts = await Promise.all(
    (await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')),
  );
  return texts.filter((text) => text.includes(mark));
}
