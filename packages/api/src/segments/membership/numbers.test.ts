import { sql } from 'kysely';
import pg from 'pg';
import { expect, test } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { aSegment } from '../../testing/membership.builders.ts';
import { aShopper } from '../../testing/profiles.builders.ts';

const it = useTestApp();

test('numbers go round, past those that mean something and those somebody still stands under', async () => {
  const ctx = it.app.context();
  const { id } = await aShopper(ctx);
  // Worked out under its second number; the first was let go by the swap.
  const segment = await aSegment(ctx, { leaf: 'TAG', tags: [newId()] });
  const { rows } = await sql`select number from segment where id = ${segment}`.execute(ctx.sql);
  expect(rows).toEqual([{ number: 2 }]);
  await sql`update profile_segment set segments = '{3}' where profile_id = ${id}`.execute(ctx.sql);
  await sql`update segment set next_number = 5 where id = ${segment}`.execute(ctx.sql);

  const owner = new pg.Client({ connectionString: String(ctx.database.pool.options.connectionString) });
  await owner.connect();
  await owner.query(`select setval('public.segment_numbers', 32766)`);
  await owner.end();
  const taken = await sql<{ number: number }>`
    select public.take_segment_number() as number from generate_series(1, 4)`.execute(ctx.sql);
  expect(taken.rows.map(({ number }) => number)).toEqual([32_767, 1, 4, 6]);
});
