import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { refreshAll } from '@clientele/api/src/segments/passes/refresh-segments.ts';
import { quantile, say, type Measure } from '../harness/results.ts';
import { query } from '../harness/server.ts';
import { COMMIT, commitInput } from '../till/documents.ts';
import type { TillFixture } from '../till/fixture.ts';
import { offerPreviews, PREVIEWS_A_SECOND } from '../till/offer-previews.ts';
import { runLoad, startApi, type Api } from '../till/processes.ts';
import { expectAll } from '../till/statements.ts';
import type { Chain } from './chain.ts';

const COMMITS_A_SECOND = 60;
const WARM_UP = 5;
const SECONDS = 20;
const PATIENCE_MS = 60_000;
const SETTLED_MS = 3_000;

/** Begun orders a run needs. */
export const LIVE_ORDERS = COMMITS_A_SECOND * (WARM_UP + 2 * SECONDS);

/** What the tills saw, and what became of their shoppers. Milliseconds. */
export interface LiveFigures {
  readonly commitP50: number;
  readonly commitP99: number;
  readonly previewP50: number;
  readonly enteredP95: number;
  readonly busyP99: number;
  readonly lateByTime: number | null;
}

/**
 * The server as it is run, with its worker: purchases come in at the tills' rate, and everybody who buys enters "bought
 * today". Then the same while everybody is looked at anew.
 */
export async function runLive(chain: Chain, fixture: TillFixture): Promise<LiveFigures> {
  const dataDir = await mkdtemp(join(tmpdir(), 'clientele-bench-segments-'));
  const api = await startApi({
    databaseUrl: chain.url,
    dataDir,
    roles: ['api', 'worker'],
    appSecret: chain.appSecret,
  });
  try {
    await sell(api, fixture, WARM_UP);
    const from = new Date();
    const sold = await sell(api, fixture, SECONDS);
    await untilQuiet(chain.url);
    const { entered, late } = await transitionsSince(chain, from);
    await offerPreviews(api, fixture, WARM_UP);
    const quoted = await offerPreviews(api, fixture, SECONDS);
    const stop = new AbortController();
    const pass = refreshAll(chain.ctx, { report: () => undefined, signal: stop.signal }).catch(
      (error: unknown) => {
        if (!stop.signal.aborted) throw error;
      },
    );
    const busy = await sell(api, fixture, SECONDS);
    stop.abort();
    await pass;
    return {
      commitP50: quantile(sold, 0.5),
      commitP99: quantile(sold, 0.99),
      previewP50: quantile(quoted, 0.5),
      enteredP95: quantile(entered, 0.95),
      busyP99: quantile(busy, 0.99),
      lateByTime: late.length === 0 ? null : Math.max(...late),
    };
  } finally {
    await api.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function sell(api: Api, fixture: TillFixture, seconds: number): Promise<number[]> {
  const count = COMMITS_A_SECOND * seconds;
  const first = fixture.take(count);
  const result = await runLoad({
    url: api.url,
    token: fixture.till.token,
    query: COMMIT,
    rate: COMMITS_A_SECOND,
    variables: Array.from({ length: count }, (_, index) => commitInput(first + index)),
  });
  expectAll(result, 'OrderCommitted', count);
  return result.latencies;
}

/** Nobody waits any more. */
async function untilQuiet(url: string): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  while (performance.now() < until) {
    const [row] = await query<{ waiting: number }>(url, 'select count(*)::int as waiting from segment_dirty');
    if (row?.waiting === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('the queue of segments does not get empty');
}

/** From the purchase to the row that tells of it; and how long after their moment those came who changed by time. */
async function transitionsSince(
  { url, segments }: Chain,
  from: Date,
): Promise<{ entered: number[]; late: number[] }> {
  const today = segments.find(({ key }) => key === 'calendar-DAY');
  const entered = await query<{ ms: number }>(
    url,
    `select extract(epoch from t.recorded_at - o.committed_at)::float8 * 1000 as ms
     from segment_transition t
     join orders o on o.profile_id = t.profile_id and o.source like 'till:%'
     where t.segment_id = $1 and t.entered and t.recorded_at >= $2 and o.committed_at >= $2 and o.committed_at <= t.recorded_at
       and not exists (select from orders earlier where earlier.profile_id = o.profile_id and earlier.source = o.source
         and earlier.committed_at < o.committed_at)`,
    [today?.id, from],
  );
  const late = await query<{ ms: number }>(
    url,
    `select extract(epoch from t.recorded_at - t.occurred_at)::float8 * 1000 as ms
     from segment_transition t where t.recorded_at >= $1 and t.occurred_at >= $2
       and not exists (select from orders o where o.profile_id = t.profile_id and o.source like 'till:%')`,
    [from, new Date(from.getTime() - SETTLED_MS)],
  );
  say(`  ${entered.length} shoppers entered "${today?.name}", ${late.length} changes came by time`);
  return { entered: entered.map(({ ms }) => ms), late: late.map(({ ms }) => ms) };
}

export function liveMeasures({
  commitP50,
  commitP99,
  previewP50,
  enteredP95,
  busyP99,
  lateByTime,
}: LiveFigures): Measure[] {
  return [
    {
      target: 'Q12',
      name: `order committed → member, p95, at ${COMMITS_A_SECOND}/s`,
      value: enteredP95 / 1000,
      unit: 's',
      floor: 5,
      goal: 2,
      better: 'LESS',
      note: 'the way on to a step of a journey is not there yet',
    },
    ...(lateByTime === null
      ? []
      : [
          {
            target: '',
            name: 'a change by time alone, the latest after its moment',
            value: lateByTime / 1000,
            unit: 's' as const,
            floor: 60,
            better: 'LESS' as const,
          },
        ]),
    {
      target: '',
      name: `commit at ${COMMITS_A_SECOND}/s, with segments live, p50`,
      value: commitP50,
      unit: 'ms',
    },
    {
      target: '',
      name: `commit at ${COMMITS_A_SECOND}/s, with segments live, p99`,
      value: commitP99,
      unit: 'ms',
    },
    { target: '', name: 'the same while everybody is looked at anew, p99', value: busyP99, unit: 'ms' },
    {
      target: '',
      name: `preview at ${PREVIEWS_A_SECOND}/s, with segments live, p50`,
      value: previewP50,
      unit: 'ms',
    },
    {
      target: '',
      name: 'tills’ p99 during a pass over everybody / without one',
      value: busyP99 / commitP99,
      unit: '',
      floor: 4,
      goal: 2,
      better: 'LESS',
    },
  ];
}
