import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCompany } from '../harness/company.ts';
import { quantile, say, type Measure } from '../harness/results.ts';
import { query, type BenchServer } from '../harness/server.ts';
import { BEGIN, COMMIT, PREVIEW } from './documents.ts';
import { aTillFixture, type TillFixture } from './fixture.ts';
import { livePromotions } from './live-promotions.ts';
import { offerPreviews, PREVIEWS_A_SECOND } from './offer-previews.ts';
import { runLoad, startApi, type Api } from './processes.ts';
import { COUNTED, countStatements, quoteHashes, statements } from './statements.ts';

const LINES = 30;
const SECONDS = 15;
const USUAL = 20;
const MANY = 200;

interface Bench {
  readonly url: string;
  readonly fixture: TillFixture;
  readonly api: Api;
}

/** Q4 with promotions: a large basket at a steady rate without any, with as many as usual, with ten times as many; Q6. */
export async function measurePromotions(server: BenchServer): Promise<Measure[]> {
  const url = await server.database('promotions');
  const dataDir = await mkdtemp(join(tmpdir(), 'clientele-bench-promotions-'));
  const owner = await openCompany(url, null);
  const fixture = await aTillFixture(owner.ctx, 1);
  await query(url, 'create extension pg_stat_statements');
  await query(url, 'vacuum (analyze)');
  const api = await startApi({ databaseUrl: url, dataDir, roles: ['api'] });
  const bench = { url, fixture, api };
  try {
    say(`Promotions: a basket of ${LINES} lines, ${PREVIEWS_A_SECOND} previews a second.`);
    await previews(bench, 5);
    const without = await previews(bench, SECONDS);
    await livePromotions(owner.ctx, fixture.brandId, 1, USUAL);
    await previews(bench, 5);
    const usual = await previews(bench, SECONDS);
    const counted = await measureStatements(bench);
    await livePromotions(owner.ctx, fixture.brandId, USUAL + 1, MANY);
    await previews(bench, 5);
    const many = await previews(bench, SECONDS);
    return [...latencyMeasures(without, usual, many), ...counted];
  } finally {
    await api.stop();
    await owner.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** A basket that wants as many points as it may have. */
function basket(fixture: TillFixture, index: number): object {
  return {
    shopper: { visitId: fixture.visits[index % fixture.visits.length] },
    lines: Array.from({ length: LINES }, (_, line) => ({
      sku: `sku-${1 + ((index * 11 + line * 3) % 200)}`,
      quantity: String(1 + (line % 3)),
      unitPrice: `${100 + line * 37}.90`,
    })),
    spendPoints: { max: true },
  };
}

/** @returns milliseconds of each */
function previews({ api, fixture }: Bench, seconds: number): Promise<number[]> {
  return offerPreviews(api, fixture, seconds, basket);
}

function at(name: string, latencies: readonly number[], share: number): Measure {
  return {
    target: '',
    name: `preview of ${LINES} lines, ${name}, p${share * 100}`,
    value: quantile(latencies, share),
    unit: 'ms',
  };
}

function latencyMeasures(
  without: readonly number[],
  usual: readonly number[],
  many: readonly number[],
): Measure[] {
  const p99 = quantile(usual, 0.99);
  return [
    at('no promotion', without, 0.5),
    at('no promotion', without, 0.99),
    at(`${USUAL} promotions`, usual, 0.5),
    {
      ...at(`${USUAL} promotions`, usual, 0.99),
      target: 'Q4',
      floor: 40,
      goal: 15,
      better: 'LESS',
      note: `at ${PREVIEWS_A_SECOND}/s offered; a quarter of the promotions has limits`,
    },
    at(`${MANY} promotions`, many, 0.5),
    at(`${MANY} promotions`, many, 0.99),
    {
      target: '',
      name: `${MANY} promotions / ${USUAL}, p99`,
      value: quantile(many, 0.99) / p99,
      unit: '',
      floor: 3,
      goal: 2,
      better: 'LESS',
    },
  ];
}

/** Q6 again: promotions ask for no statement of their own. */
async function measureStatements({ url, api, fixture }: Bench): Promise<Measure[]> {
  const cashier = { url: api.url, token: fixture.cashierToken, clients: 1 };
  const drafts = Array.from({ length: COUNTED }, (_, index) => basket(fixture, index));
  const previewed = { ...cashier, query: PREVIEW, variables: drafts.map((input) => ({ input })) };
  const preview = await countStatements(url, () => runLoad(previewed), 'OrderQuote');
  const hashes = await quoteHashes(api.url, fixture.cashierToken, drafts);
  const begins = drafts.map((draft, index) => ({
    input: { requestId: `p-begin-${index}`, externalId: `p${index}`, draft, quoteHash: hashes[index] },
  }));
  const begun = { ...cashier, query: BEGIN, variables: begins };
  const begin = await countStatements(url, () => runLoad(begun), 'OrderBegun');
  const commits = drafts.map((_, index) => ({
    input: {
      requestId: `p-commit-${index}`,
      order: { external: { id: `p${index}` } },
      receipts: [{ fiscalDrive: '7777', fiscalDocument: String(index), fiscalSign: '1' }],
    },
  }));
  const sold = { ...cashier, token: fixture.till.token, query: COMMIT, variables: commits };
  const commit = await countStatements(url, () => runLoad(sold), 'OrderCommitted');
  return [
    statements(`begin with ${USUAL} promotions`, begin, 3, 1),
    statements(`commit with ${USUAL} promotions`, commit, 3, 1),
    statements(`preview with ${USUAL} promotions`, preview, 4, 2),
  ];
}
