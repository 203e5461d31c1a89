import { query } from '../harness/server.ts';
import type { Measure } from '../harness/results.ts';
import { PREVIEW } from './documents.ts';
import type { LoadResult } from './load-generator.ts';

/** How many of each are sent where the database counts. */
export const COUNTED = 200;

export function expectAll({ answers, error }: LoadResult, type: string, count: number): void {
  if (answers[type] !== count)
    throw new Error(`not all were ${type}: ${JSON.stringify(answers)} ${error ?? ''}`);
}

export function statements(name: string, value: number, floor: number, goal: number): Measure {
  return {
    target: 'Q6',
    name: `statements per ${name}, by HTTP`,
    value,
    unit: '',
    floor,
    goal,
    better: 'LESS',
  };
}

export async function countStatements(
  databaseUrl: string,
  work: () => Promise<LoadResult>,
  type: string,
): Promise<number> {
  await query(databaseUrl, 'select pg_stat_statements_reset()');
  const result = await work();
  expectAll(result, type, COUNTED);
  // What is remembered between requests (tokens, programs, the demo clock) is asked for by the second, not by request.
  const [row] = await query<{ calls: string }>(
    databaseUrl,
    `select sum(s.calls) as calls from pg_stat_statements s join pg_database d on d.oid = s.dbid
     where d.datname = current_database() and s.userid = (select oid from pg_roles where rolname = 'clientele_app')
       and s.calls > $1`,
    [COUNTED / 20],
  );
  return Number(row?.calls) / COUNTED;
}

/** Of each draft, by the cashier's token. */
export async function quoteHashes(url: string, token: string, drafts: readonly object[]): Promise<string[]> {
  const hashes: string[] = [];
  for (const input of drafts) {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: PREVIEW, variables: { input } }),
    });
    const { data } = (await response.json()) as { data: { previewOrder: { quoteHash: string } } };
    hashes.push(data.previewOrder.quoteHash);
  }
  return hashes;
}
