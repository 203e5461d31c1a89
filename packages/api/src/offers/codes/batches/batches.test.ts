import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { READABLE_SIGNS } from '@clientele/shared/promo-codes';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { InvalidInput } from '../../../platform/errors.ts';
import { findFile, keepUpload } from '../../../platform/files/index.ts';
import { newId } from '../../../platform/ids.ts';
import { aCode, aPool, CodesOfOrder, type BuiltPool } from '../../../testing/codes.builders.ts';
import { asActor } from '../../../testing/company.builders.ts';
import { staffActor } from '../../../testing/staff.builders.ts';
import { useContext } from '../../../testing/use-context.ts';
import { exportCodesTask } from './export-codes.ts';
import { generateCodesTask, startGeneration } from './generate-codes.ts';
import { importCodesTask } from './import-codes.ts';
import { countCodes } from '../pools/read-pools.ts';

const use = useContext();

/** As a marketer whose task it is. */
async function marketer() {
  return asActor(use.ctx, await staffActor(use.ctx, ['MARKETER']));
}

async function generate(
  poolId: string,
  count: number,
  { taskId = newId(), signal = new AbortController().signal, onReport = (_done: number) => {} } = {},
): Promise<void> {
  await generateCodesTask.run(await marketer(), { poolId, count }, onReport, signal, { id: taskId });
}

async function codesOf({ id }: BuiltPool): Promise<{ code: string; key: string }[]> {
  const { rows } = await sql<{ code: string; key: string }>`
    select code, key from promo_code where pool_id = ${id}`.execute(use.ctx.sql);
  return rows;
}

test('a hundred thousand codes are made, each different and easy to read', async () => {
  const pool = await aPool(use.ctx, { pattern: 'SALE-####-####' });
  const reports: number[] = [];
  await generate(pool.id, 100_000, { onReport: (done) => void reports.push(done) });
  const codes = await codesOf(pool);
  expect(new Set(codes.map(({ key }) => key)).size).toBe(100_000);
  const format = new RegExp(`^SALE-[${READABLE_SIGNS}]{4}-[${READABLE_SIGNS}]{4}$`);
  expect(codes.every(({ code }) => format.test(code))).toBe(true);
  expect([reports[0], reports.at(-1), reports.length]).toEqual([10_000, 100_000, 10]);
  expect((await countCodes(use.ctx, [pool.id])).get(pool.id)).toMatchObject({
    total: 100_000,
    free: 100_000,
  });
}, 30_000);

test('every sign comes as often as any other', async () => {
  const pool = await aPool(use.ctx, { pattern: '##########' });
  await generate(pool.id, 20_000);
  const counts = new Map<string, number>();
  for (const { code } of await codesOf(pool))
    for (const sign of code) counts.set(sign, (counts.get(sign) ?? 0) + 1);
  expect(counts.size).toBe(31);
  // 200,000 signs, 6,452 of each expected, standard deviation 79: six of them.
  for (const count of counts.values()) expect(Math.abs(count - 6_452)).toBeLessThan(475);
});

test('a batch that is stopped half way leaves nothing, one that is run twice is there once', async () => {
  const pool = await aPool(use.ctx);
  const stopping = new AbortController();
  const stopped = generate(pool.id, 20_000, {
    signal: stopping.signal,
    onReport: (done) => void (done >= 10_000 && stopping.abort('CANCELLED')),
  });
  await expect(stopped).rejects.toBe('CANCELLED');
  expect(await codesOf(pool)).toEqual([]);
  const taskId = newId();
  await generate(pool.id, 500, { taskId });
  await generate(pool.id, 500, { taskId });
  expect(await codesOf(pool)).toHaveLength(500);
});

test('two batches of one brand at once share no code', async () => {
  // 31³ = 29,791 codes and 29 of them: they do meet.
  const narrow = { pattern: 'A-###' };
  const first = await aPool(use.ctx, narrow);
  const second = await aPool(use.ctx, { ...narrow, brandId: first.brandId });
  await Promise.all([generate(first.id, 29), generate(second.id, 29)]);
  const keys = [...(await codesOf(first)), ...(await codesOf(second))].map(({ key }) => key);
  expect(new Set(keys).size).toBe(58);
});

test('codes that could be guessed, and counts that are none, are refused before anything is begun', async () => {
  const ctx = await marketer();
  const refusal = async (pool: BuiltPool, count: number) => {
    const error: unknown = await startGeneration(ctx, { poolId: pool.id, count }).catch(
      (caught: unknown) => caught,
    );
    if (!(error instanceof InvalidInput)) throw error;
    return error.problems.map(({ path, code }) => `${path.join('.')} ${code}`);
  };
  const small = await aPool(ctx, { pattern: 'A-####' });
  expect(await refusal(small, 924)).toEqual(['count RANGE']);
  await generate(small.id, 900);
  expect(await refusal(small, 24)).toEqual(['count RANGE']);
  for (const count of [0, -1, 1.5, 1_000_001, 10 ** 9, Number.NaN, 2 ** 53])
    expect(await refusal(small, count)).toEqual(['count RANGE']);
  expect(await refusal(await aPool(ctx, { pattern: null }), 1)).toEqual(['poolId MISMATCH']);
  expect(await refusal(await aPool(ctx, { kind: 'GENERIC', pattern: null }), 1)).toEqual(['poolId MISMATCH']);
  expect(await refusal({ ...small, id: newId() }, 1)).toEqual(['poolId UNKNOWN']);
});

async function importing(pool: BuiltPool, text: string, { issued = true, taskId = newId() } = {}) {
  const ctx = await marketer();
  const upload = await keepUpload(ctx, { name: 'codes.csv', stream: Readable.from([text]) });
  const facts = { poolId: pool.id, uploadId: upload.id, issued };
  const done = await importCodesTask.run(ctx, facts, () => {}, new AbortController().signal, { id: taskId });
  const file = done?.fileId === undefined ? null : await findFile(ctx, done.fileId, 'FILES');
  return { ...done?.result, path: file?.path ?? null, uploadId: upload.id, ctx };
}

test('codes of a file come in, what is wrong comes back row by row', async () => {
  const pool = await aPool(use.ctx);
  await aCode(use.ctx, pool, { code: 'WAS-HERE' });
  const text = [
    '\uFEFFcode;expires',
    'SUMMER-1;2026-12-31',
    'summer1',
    'WAS HERE',
    '"QUOTED-2"',
    '',
    'AB',
    'BAD_SIGN',
    '=HYPERLINK("x")',
    'LATE-1;31.12.2026',
    'X'.repeat(10_000),
    '  padded 3  ',
  ].join('\r\n');
  const { path, ctx, ...result } = await importing(pool, text);
  expect(result).toMatchObject({
    codes: 3,
    refused: 7,
    problems: { REPEATED: 1, TAKEN: 1, FORMAT: 3, EXPIRES: 1, TOO_LONG: 1 },
  });
  expect(await findFile(ctx, result.uploadId, 'UPLOADS')).toBeNull();
  const written = await readFile(path ?? '', 'utf8');
  expect(written.startsWith('\uFEFF')).toBe(true);
  const told = written.trim().split('\n');
  expect(told.slice(0, 3)).toEqual([
    'code;row;problem',
    'summer1;3;уже был в этом файле / came in this file before',
    'WAS HERE;4;такой код у марки уже есть / the brand has this code already',
  ]);
  expect(told).toHaveLength(8);
  expect(told.join('\n')).toContain(`"'=HYPERLINK(""x"")";9;`);
  const order = new CodesOfOrder(use.ctx, pool);
  expect(await order.refused('summer 1', 'quoted2', 'PADDED-3', 'AB')).toEqual([null, null, null, 'UNKNOWN']);
});

test('the last day of an imported code is a day of its pool’s zone', async () => {
  const pool = await aPool(use.ctx);
  await importing(pool, 'DAY-1;2026-12-01');
  const { rows } = await sql<{ ends: Date }>`
    select expires_at as ends from promo_code where pool_id = ${pool.id}`.execute(use.ctx.sql);
  expect(rows[0]?.ends.toISOString()).toBe('2026-12-01T20:59:59.000Z');
});

test('an import that is run again brings nothing twice', async () => {
  const pool = await aPool(use.ctx);
  const taskId = newId();
  await importing(pool, 'ONCE-1\nONCE-2', { taskId });
  expect(await importing(pool, 'ONCE-1\nONCE-2', { taskId })).not.toHaveProperty('refused');
  expect(await codesOf(pool)).toHaveLength(2);
});

test('codes taken out to be given away count as issued, once', async () => {
  const pool = await aPool(use.ctx, { validDays: 30 });
  await generate(pool.id, 30);
  const ctx = await marketer();
  const facts = { poolId: pool.id, codes: 'FREE', count: 20 };
  const task = { id: newId() };
  const run = () => exportCodesTask.run(ctx, facts, () => {}, new AbortController().signal, task);
  const first = await run();
  expect(await run()).toEqual(first);
  expect(first?.result).toEqual({ poolId: pool.id, codes: 20 });
  expect((await countCodes(use.ctx, [pool.id])).get(pool.id)).toMatchObject({ free: 10, issued: 20 });
  const file = await findFile(ctx, first?.fileId ?? '', 'FILES');
  const lines = (await readFile(file?.path ?? '', 'utf8')).trim().split('\n');
  expect(lines).toHaveLength(21);
  expect(lines[1]).toMatch(/^T-\w{8};2026-11-22T09:00:00\.000Z;2026-12-22T20:59:59\.000Z$/);
  const analyst = asActor(use.ctx, await staffActor(use.ctx, ['ANALYST']));
  expect(await findFile(analyst, first?.fileId ?? '', 'FILES')).toBeNull();
  await expect(
    exportCodesTask.run(analyst, facts, () => {}, new AbortController().signal, { id: newId() }),
  ).rejects.toMatchObject({ code: 'FORBIDDEN' });
});
