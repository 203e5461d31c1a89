import { sql } from 'kysely';
import type { PoolClient } from 'pg';
import { expect, test } from 'vitest';
import { aStore, asActor } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { refusal } from '../../testing/orders.builders.ts';
import { aSession, staffActor } from '../../testing/staff.builders.ts';
import { readHealth } from './read-health.ts';
import { settleJob } from './worker-jobs.ts';

const it = useTestApp();

async function integrator() {
  const ctx = it.app.context();
  return asActor(ctx, await staffActor(ctx, ['INTEGRATOR']));
}

/** As if some of its tries had failed. @returns its id */
async function aFailedJob(attempts: number): Promise<string> {
  return asOwner(async (client) => {
    const added = await client.query<{ id: string }>(
      `select id::text from jobs.add_job('no-such-work', '{}', run_at := '2100-01-01', max_attempts := 3)`,
    );
    const [job] = added.rows;
    if (job === undefined) throw new Error('no job was added');
    await client.query('update jobs._private_jobs set attempts = $1, last_error = $2 where id = $3', [
      attempts,
      'no network',
      job.id,
    ]);
    return job.id;
  });
}

/** The queue's tables are closed to the application. */
async function asOwner<Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> {
  const client = await it.app.database.pool.connect();
  try {
    await client.query('begin; set local role none');
    const result = await work(client);
    await client.query('commit');
    return result;
  } finally {
    client.release();
  }
}

async function jobRow(id: string) {
  const { rows } = await sql<{ attempts: number; due: boolean; failed: boolean }>`
    select attempts, run_at <= now() as due, last_error is not null as failed from jobs.jobs where id = ${id}::bigint`.execute(
    it.app.database.sql,
  );
  return rows[0];
}

test('the health of everything is told, in exact figures where they are known', async () => {
  const ctx = await integrator();
  const health = await readHealth(ctx);
  expect(health).toMatchObject({
    version: '0.1.0',
    mode: 'demo',
    now: it.app.clock.now(),
    clockAheadSeconds: 0,
  });
  expect(health.database.version).toMatch(/^1[6-9]/);
  expect(health.database.migrations.map(({ name }) => name)).toEqual(['Migration20261122000000_initial']);
  expect(health.database.bytes).toBeGreaterThan(5_000_000);
  expect(health.database.largestTables).toHaveLength(8);
  expect(health.process.nodeVersion).toBe(process.version);
  expect(health.process.memoryBytes).toBeGreaterThan(health.process.heapBytes);
});

test('a job that failed is told with its reason, and whether it goes on by itself', async () => {
  const ctx = await integrator();
  const [trying, given] = [await aFailedJob(1), await aFailedJob(3)];
  const { failed } = (await readHealth(ctx)).worker;
  const told = (id: string) => failed.find((job) => job.id === id);
  expect(told(trying)).toMatchObject({ name: 'no-such-work', attempts: 1, attemptsAtMost: 3, gaveUp: false });
  expect(told(given)).toMatchObject({ attempts: 3, gaveUp: true, failure: 'no network' });
});

test('a failed job is tried again at once with all its tries, or dropped; both are noted', async () => {
  const ctx = await integrator();
  const id = await aFailedJob(3);
  await settleJob(ctx, { id, how: 'RETRY' });
  expect(await jobRow(id)).toEqual({ attempts: 0, due: true, failed: true });
  await settleJob(ctx, { id, how: 'DROP' });
  expect(await jobRow(id)).toBeUndefined();
  const noted = await ctx.sql
    .selectFrom('audit_entry')
    .select(['action', 'facts'])
    .where('subject', '=', `job:${id}`)
    .orderBy('id')
    .execute();
  expect(noted).toEqual([
    { action: 'job.retried', facts: { name: 'no-such-work' } },
    { action: 'job.dropped', facts: { name: 'no-such-work' } },
  ]);
});

test.each(['0', '999999999', 'x', '1; drop table brand', '-1', '99999999999999999999'])(
  'a job %s that is not there is refused',
  async (id) => {
    expect(await refusal(settleJob(await integrator(), { id, how: 'DROP' }))).toMatchObject({
      problems: [{ path: ['id'], code: 'UNKNOWN' }],
    });
  },
);

test.each(['MARKETER', 'ANALYST', 'SUPPORT', 'STORE_MANAGER'] as const)('%s sees no health', async (role) => {
  const ctx = it.app.context();
  const places = role === 'STORE_MANAGER' ? { storeIds: [(await aStore(ctx)).id] } : {};
  const { session } = await aSession(ctx, [role], places);
  const { errors } = await it.app.graphql({ query: '{ systemHealth { version } }', session });
  expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
});
