import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyLedger } from '@clientele/api/src/loyalty/index.ts';
import type { Actor, Context } from '@clientele/api/src/platform/context.ts';
import { commitOrder } from '@clientele/api/src/orders/index.ts';
import { actorOf } from '@clientele/api/src/testing/company.builders.ts';
import { openCompany } from '../harness/company.ts';
import { median, quantile, say, type Measure } from '../harness/results.ts';
import { query, type BenchServer } from '../harness/server.ts';
import { BEGIN, COMMIT, commitInput, draft, PREVIEW } from './documents.ts';
import { aTillFixture, beginHotOrders, type TillFixture } from './fixture.ts';
import { offerPreviews, PREVIEWS_A_SECOND } from './offer-previews.ts';
import { CLIENTS, openReference, type Reference } from './pgbench.ts';
import { runLoad, startApi } from './processes.ts';
import { COUNTED, countStatements, expectAll, quoteHashes, statements } from './statements.ts';

const ROUNDS = 3;
const EACH = 300;
const WARM_UP = 150;
const SECONDS = 15;
const COMMITS_A_SECOND = 60;
const HOT = 1_200;

const ORDERS =
  3 * CLIENTS * WARM_UP +
  ROUNDS * 3 * CLIENTS * EACH +
  COMMITS_A_SECOND * (SECONDS + 5) +
  HOT +
  2 * COUNTED +
  1_000;

interface Bench {
  readonly url: string;
  readonly ctx: Context;
  /** The till alone. */
  readonly actor: Actor;
  readonly fixture: TillFixture;
  readonly dataDir: string;
}

/** Q1–Q6: commits by every way into the database, latencies at a steady rate, a hot account, statements. */
export async function measureTill(server: BenchServer): Promise<Measure[]> {
  const url = await server.database('till');
  const dataDir = await mkdtemp(join(tmpdir(), 'clientele-bench-till-'));
  const owner = await openCompany(url, null);
  say(`Till: ${ORDERS} orders are begun first.`);
  const fixture = await aTillFixture(owner.ctx, ORDERS);
  await beginHotOrders(owner.ctx, fixture, HOT);
  await query(url, 'create extension pg_stat_statements');
  await query(url, 'vacuum (analyze)');
  await owner.close();
  const company = await openCompany(url);
  try {
    const actor = await actorOf(company.ctx, fixture.till.token);
    const bench: Bench = { url, ctx: company.ctx, actor, fixture, dataDir };
    return [
      ...(await measureRates(bench)),
      ...(await measureLatencies(bench)),
      ...(await measureHotAccount(bench)),
      ...(await measureStatements(bench)),
    ];
  } finally {
    await company.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Q1 and Q2: the three ways in turn, so that whatever else the machine does meets all of them. */
async function measureRates(bench: Bench): Promise<Measure[]> {
  const reference = await openReference(bench.url, bench.fixture, bench.dataDir);
  const api = await startApi({ databaseUrl: bench.url, dataDir: bench.dataDir, roles: ['api'] });
  const ways = {
    reference: (each: number) => reference.run(bench.fixture.take(CLIENTS * each), each),
    process: (each: number) => commitFromProcess(bench, bench.fixture.take(CLIENTS * each), CLIENTS * each),
    http: (each: number) => commitByHttp(bench, api.url, CLIENTS * each),
  };
  for (const way of Object.values(ways)) await way(WARM_UP);
  const rates = { reference: [] as number[], process: [] as number[], http: [] as number[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    rates.reference.push(await ways.reference(EACH));
    rates.process.push(await ways.process(EACH));
    rates.http.push(await ways.http(EACH));
  }
  await api.stop();
  return rateMeasures(reference, rates);
}

function rateMeasures(
  reference: Reference,
  rates: { reference: number[]; process: number[]; http: number[] },
): Measure[] {
  const share = (of: readonly number[]): number =>
    median(of.map((rate, round) => (100 * rate) / (rates.reference[round] ?? Number.NaN)));
  const note = `against ${reference.name}, ${CLIENTS} clients, median of ${ROUNDS} rounds`;
  return [
    {
      target: 'Q1',
      name: 'commit use case from the API process',
      value: share(rates.process),
      unit: '%',
      floor: 60,
      goal: 75,
      note,
    },
    {
      target: 'Q2',
      name: 'commit by HTTP, GraphQL, authentication and limits',
      value: share(rates.http),
      unit: '%',
      floor: 30,
      goal: 45,
      note,
    },
    { target: '', name: `commits by ${reference.name}`, value: median(rates.reference), unit: '/s' },
    { target: '', name: 'commits from the API process', value: median(rates.process), unit: '/s' },
    { target: '', name: 'commits by HTTP', value: median(rates.http), unit: '/s' },
  ];
}

/** @returns commits a second */
async function commitFromProcess(
  { ctx, actor }: Bench,
  first: number,
  count: number,
  prefix = 'b',
): Promise<number> {
  const numbers = Array.from({ length: count }, (_, index) => first + index).values();
  const began = performance.now();
  const client = async (): Promise<void> => {
    for (const number of numbers) {
      const tx: Context = { ...ctx, actor, em: ctx.database.em() };
      const { input } = commitInput(number, prefix) as { input: Parameters<typeof commitOrder>[1] };
      await commitOrder(tx, input);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return (count * 1000) / (performance.now() - began);
}

async function commitByHttp(bench: Bench, url: string, count: number): Promise<number> {
  const result = await runLoad({
    url,
    token: bench.fixture.till.token,
    query: COMMIT,
    variables: commits(bench.fixture, count),
    clients: CLIENTS,
  });
  expectAll(result, 'OrderCommitted', count);
  return count / result.seconds;
}

function commits(fixture: TillFixture, count: number): object[] {
  const first = fixture.take(count);
  return Array.from({ length: count }, (_, index) => commitInput(first + index));
}

/** Q3 and Q4: the server as it is run, workers and all. */
async function measureLatencies(bench: Bench): Promise<Measure[]> {
  const { fixture, url: databaseUrl, dataDir } = bench;
  const api = await startApi({ databaseUrl, dataDir, roles: ['api', 'worker'] });
  const load = { url: api.url, token: fixture.till.token, query: COMMIT };
  await runLoad({ ...load, rate: COMMITS_A_SECOND, variables: commits(fixture, COMMITS_A_SECOND * 5) });
  const count = COMMITS_A_SECOND * SECONDS;
  const sold = await runLoad({ ...load, rate: COMMITS_A_SECOND, variables: commits(fixture, count) });
  expectAll(sold, 'OrderCommitted', count);
  await offerPreviews(api, fixture, 5);
  const quoted = await offerPreviews(api, fixture, SECONDS);
  const memory = await api.memory();
  await api.stop();
  const at = `at ${COMMITS_A_SECOND}/s offered`;
  return [
    {
      target: 'Q3',
      name: `commit ${at}, p50`,
      value: quantile(sold.latencies, 0.5),
      unit: 'ms',
      floor: 8,
      goal: 3,
      better: 'LESS',
    },
    {
      target: 'Q3',
      name: `commit ${at}, p99`,
      value: quantile(sold.latencies, 0.99),
      unit: 'ms',
      floor: 40,
      goal: 15,
      better: 'LESS',
    },
    { target: '', name: 'memory of the API process (RSS), workers included', value: memory, unit: 'MB' },
    {
      target: '',
      name: `preview at ${PREVIEWS_A_SECOND}/s offered, p50`,
      value: quantile(quoted, 0.5),
      unit: 'ms',
    },
    {
      target: 'Q4',
      name: `preview at ${PREVIEWS_A_SECOND}/s offered, p99`,
      value: quantile(quoted, 0.99),
      unit: 'ms',
      floor: 40,
      goal: 15,
      better: 'LESS',
      note: 'five lines, a balance, as many points as may be; no promotions',
    },
  ];
}

/** Q5: eight tills sell to one shopper, then to many; afterwards everything must add up. */
async function measureHotAccount(bench: Bench): Promise<Measure[]> {
  const many = await commitFromProcess(bench, bench.fixture.take(HOT), HOT);
  const hot = await commitFromProcess(bench, 1, HOT, 'hot');
  const violations = await verifyLedger(bench.ctx);
  const [sums] = await query<{ wrong: string }>(
    bench.url,
    `select count(*) as wrong from (
       select o.profile_id from orders o where o.state = 'COMMITTED' group by o.profile_id
       having sum(o.earned) <> (select sum(l.granted) from lot l where l.profile_id = o.profile_id and l.source = 'ORDER')
         or count(*) filter (where o.points_spent > 0) <> (select count(*) from hold h where h.profile_id = o.profile_id and h.status = 'CAPTURED')
     ) wrong`,
  );
  return [
    {
      target: 'Q5',
      name: 'one hot account, 8 tills / many accounts',
      value: (100 * hot) / many,
      unit: '%',
      floor: 25,
      goal: 45,
    },
    {
      target: 'Q5',
      name: 'mismatches afterwards',
      value: violations.length + Number(sums?.wrong ?? 1),
      unit: '',
      floor: 0,
      goal: 0,
      better: 'LESS',
    },
  ];
}

/** Q6: what the database was asked, counted by the database. */
async function measureStatements(bench: Bench): Promise<Measure[]> {
  const { fixture, url: databaseUrl, dataDir } = bench;
  const api = await startApi({ databaseUrl, dataDir, roles: ['api'] });
  const indexes = Array.from({ length: COUNTED }, (_, index) => index);
  const till = { url: api.url, token: fixture.till.token, clients: 1 };
  const cashier = { ...till, token: fixture.cashierToken };
  const drafts = indexes.map((index) => draft(fixture, index));
  const previewed = { ...cashier, query: PREVIEW, variables: drafts.map((input) => ({ input })) };
  await runLoad(previewed);
  const preview = await countStatements(databaseUrl, () => runLoad(previewed), 'OrderQuote');
  const hashes = await quoteHashes(api.url, fixture.cashierToken, drafts);
  const variables = drafts.map((each, index) => ({
    input: { requestId: `begin-${index}`, externalId: `n${index}`, draft: each, quoteHash: hashes[index] },
  }));
  const begin = await countStatements(
    databaseUrl,
    () => runLoad({ ...cashier, query: BEGIN, variables }),
    'OrderBegun',
  );
  const sold = { ...till, query: COMMIT, variables: commits(fixture, COUNTED) };
  const commit = await countStatements(databaseUrl, () => runLoad(sold), 'OrderCommitted');
  await api.stop();
  return [
    statements('begin', begin, 3, 1),
    statements('commit', commit, 3, 1),
    statements('preview', preview, 4, 2),
  ];
}
