import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import type { TestApp } from '@clientele/api/src/testing/create-test-app.ts';

/**
 * What a refusal may write: who tried it, how often, and for the monitor of sources what came
 * and was not taken. Everything else counts as changed.
 */
const WRITTEN_BY_REFUSALS = new Set([
  'audit_entry',
  'usage_counter',
  'pin_guard',
  'intake_delivery',
  'rejected_record',
  'exchange_source',
  'exchange_hour',
]);

/** When a till or a key was last heard of is no change. */
const MOMENTS = ['last_seen_at', 'last_used_at'];

/** Rows and content of every table, so that any change of any row shows by the name of its table. */
export async function contentOf(app: TestApp): Promise<Record<string, string>> {
  const { pool } = app.database;
  const { rows: tables } = await pool.query<{ name: string }>(
    `select table_name as name from information_schema.tables
     where table_schema = 'public' and table_type = 'BASE TABLE' order by table_name`,
  );
  const content: Record<string, string> = {};
  for (const { name } of tables.filter((table) => !WRITTEN_BY_REFUSALS.has(table.name))) {
    const { rows } = await pool.query<{ row: string }>(
      `select (to_jsonb(t) - $1::text[])::text as row from public."${name}" t order by 1`,
      [MOMENTS],
    );
    const hash = createHash('sha256').update(rows.map(({ row }) => row).join('\n'));
    content[name] = `${rows.length} rows, ${hash.digest('base64url').slice(0, 12)}`;
  }
  return content;
}

/** Does the work and proves that it left no trace in the company's data. */
export async function unchanged<Result>(app: TestApp, work: () => Promise<Result>): Promise<Result> {
  const before = await contentOf(app);
  const result = await work();
  expect(await contentOf(app)).toEqual(before);
  return result;
}

/** Nothing of the inside: no stack, no SQL, no name of a function, table or library. */
const INSIDE =
  /node_modules|\.ts:\d|\bat \w+ \(|syntax error|violates|relation "|duplicate key|loyalty_|\bpg_|kysely|mikro|claim_request|errno/i;

/** The answer as text shows nothing of the inside and is no fault of the server. */
export function expectQuiet(status: number, text: string): void {
  expect([status < 500, /"code":"INTERNAL"/.test(text)], text.slice(0, 500)).toEqual([true, false]);
  // Random signs may spell anything.
  expect(text.replaceAll(/"quoteHash":"[^"]*"/g, '')).not.toMatch(INSIDE);
}
