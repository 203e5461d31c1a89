import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recordEvents } from '@clientele/api/src/activity/index.ts';
import { createApiKey } from '@clientele/api/src/company/index.ts';
import type { Context } from '@clientele/api/src/platform/context.ts';
import { openCompany } from '../harness/company.ts';
import { median, quantile, say, type Measure } from '../harness/results.ts';
import { query, type BenchServer } from '../harness/server.ts';
import { runLoad, startApi, type Api } from '../till/processes.ts';
import { generateEvents, type SentEvent } from './generate-events.ts';
import { referenceRate } from './reference.ts';

const BATCH = 1_000;
const EACH = 40_000;
const WARM_UP = 20_000;
const ROUNDS = 3;
const CLIENTS = 2;

const RECORD = `mutation ($input: RecordEventsInput!) { recordEvents(input: $input) {
  __typename ... on EventsRecorded { results { id status problems { path code message } } } ... on Refusal { code } } }`;

interface Bench {
  readonly ctx: Context;
  readonly url: string;
  readonly api: Api;
  readonly key: string;
}

interface Rates {
  reference: number[];
  process: number[];
  http: number[];
  again: number[];
  latencies: number[];
}

/** Behaviour events by batches of 1,000: HTTP with GraphQL, the use case alone, and the same rows by hand, in turn. */
export async function measureEvents(server: BenchServer): Promise<Measure[]> {
  const url = await server.database('events');
  const dataDir = await mkdtemp(join(tmpdir(), 'clientele-bench-events-'));
  const company = await openCompany(url);
  const { key } = await createApiKey(company.ctx, {
    name: 'bench',
    scopes: ['events.write'],
    sources: ['http'],
  });
  const api = await startApi({ databaseUrl: url, dataDir, roles: ['api'] });
  try {
    const rates = await measureRates({ ctx: company.ctx, url, api, key });
    return measuresOf(rates, await api.memory());
  } finally {
    await api.stop();
    await company.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

function fresh(count: number): SentEvent[] {
  return generateEvents(count, new Date());
}

async function measureRates(bench: Bench): Promise<Rates> {
  say(`Events: ${EACH} each way by batches of ${BATCH}, ${CLIENTS} clients, ${ROUNDS} rounds.`);
  await referenceRate(bench.url, fresh(WARM_UP));
  await fromProcess(bench, fresh(WARM_UP));
  await byHttp(bench, fresh(WARM_UP));
  await query(bench.url, 'vacuum (analyze)');
  const rates: Rates = { reference: [], process: [], http: [], again: [], latencies: [] };
  for (let round = 1; round <= ROUNDS; round += 1) {
    rates.reference.push(await referenceRate(bench.url, fresh(EACH)));
    rates.process.push(await fromProcess(bench, fresh(EACH)));
    const sent = fresh(EACH);
    const http = await byHttp(bench, sent);
    rates.http.push(http.rate);
    rates.latencies.push(...http.latencies);
    rates.again.push((await byHttp(bench, sent)).rate);
    say(
      `  round ${round}: by hand ${shown(rates.reference)}, use case ${shown(rates.process)}, HTTP ${shown(rates.http)}, again ${shown(rates.again)} events/s`,
    );
  }
  await expectStored(bench.url, 'process', WARM_UP + ROUNDS * EACH);
  await expectStored(bench.url, 'http', WARM_UP + ROUNDS * EACH);
  return rates;
}

function shown(rates: readonly number[]): string {
  return Math.round(rates.at(-1) ?? 0).toLocaleString('en-US');
}

function batches(events: readonly SentEvent[]): SentEvent[][] {
  return Array.from({ length: Math.ceil(events.length / BATCH) }, (_, index) =>
    events.slice(index * BATCH, (index + 1) * BATCH),
  );
}

/** @returns events a second */
async function fromProcess({ ctx }: Bench, sent: readonly SentEvent[]): Promise<number> {
  const inputs = batches(sent).map((batch) =>
    batch.map((event) => ({ ...event, occurredAt: new Date(event.occurredAt) })),
  );
  const waiting = inputs.values();
  const began = performance.now();
  const client = async (): Promise<void> => {
    for (const events of waiting)
      await recordEvents({ ...ctx, em: ctx.database.em() }, { source: 'process', events });
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return (sent.length * 1_000) / (performance.now() - began);
}

async function byHttp(
  { api, key }: Bench,
  sent: readonly SentEvent[],
): Promise<{ rate: number; latencies: number[] }> {
  const result = await runLoad({
    url: api.url,
    token: key,
    query: RECORD,
    variables: batches(sent).map((events) => ({ input: { source: 'http', events } })),
    clients: CLIENTS,
  });
  if (result.answers['EventsRecorded'] !== Math.ceil(sent.length / BATCH))
    throw new Error(`not every batch was recorded: ${JSON.stringify(result.answers)} ${result.error ?? ''}`);
  return { rate: sent.length / result.seconds, latencies: result.latencies };
}

async function expectStored(url: string, source: string, expected: number): Promise<void> {
  const [row] = await query<{ stored: number }>(
    url,
    'select count(*)::integer as stored from event where source = $1',
    [source],
  );
  if (row?.stored !== expected)
    throw new Error(`${row?.stored} events of ${source} are stored, not ${expected}`);
}

function measuresOf({ reference, process, http, again, latencies }: Rates, memory: number): Measure[] {
  const share = (rates: readonly number[]): number =>
    median(rates.map((rate, round) => (100 * rate) / (reference[round] ?? Number.NaN)));
  const note = `against COPY and INSERT … SELECT … ON CONFLICT of the same rows, median of ${ROUNDS} rounds`;
  return [
    {
      target: 'K5',
      name: 'events by HTTP, batches of 1,000',
      value: median(http),
      unit: '/s',
      floor: 3_000,
      goal: 10_000,
    },
    { target: '', name: 'events by the use case', value: median(process), unit: '/s' },
    {
      target: '',
      name: 'events by hand: COPY and INSERT … ON CONFLICT',
      value: median(reference),
      unit: '/s',
    },
    { target: '', name: 'the same batches again by HTTP, nothing stored', value: median(again), unit: '/s' },
    { target: '', name: 'by HTTP', value: share(http), unit: '%', note },
    { target: '', name: 'by the use case', value: share(process), unit: '%', note },
    { target: '', name: 'a batch by HTTP, p50', value: quantile(latencies, 0.5), unit: 'ms' },
    { target: '', name: 'a batch by HTTP, p99', value: quantile(latencies, 0.99), unit: 'ms' },
    { target: '', name: 'memory of the API afterwards', value: memory, unit: 'MB' },
  ];
}
