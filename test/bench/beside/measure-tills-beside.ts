import { createConsentText } from '@clientele/api/src/profiles/index.ts';
import { openCompany } from '../harness/company.ts';
import { quantile, type Measure } from '../harness/results.ts';
import { query, type BenchServer } from '../harness/server.ts';
import { APP_SECRET, type CommandRun } from '../import-profiles/command-line.ts';
import { COMMIT, commitInput } from '../till/documents.ts';
import { aTillFixture, type TillFixture } from '../till/fixture.ts';
import { runLoad, startApi } from '../till/processes.ts';

const COMMITS_A_SECOND = 60;
const SECONDS = 20;
const WARM_UP = 5;
const PATIENCE_MS = 60_000;
const LOOK_EVERY_MS = 100;

/** Something large that is brought in while the tills work. */
export interface Beside {
  /** What is imported, in words. */
  readonly what: string;
  run(url: string): Promise<CommandRun>;
  /** A query that answers a row once the import is under way. */
  readonly hasBegun: string;
}

/** Q8: commits at the tills' rate with nothing else, then while the import runs. */
export async function measureTillsBeside(
  server: BenchServer,
  folder: string,
  beside: Beside,
): Promise<Measure[]> {
  const url = await server.database(`tills_beside_${beside.what.replaceAll(' ', '_')}`);
  const owner = await openCompany(url, null);
  const fixture = await aTillFixture(owner.ctx, COMMITS_A_SECOND * (WARM_UP + 2 * SECONDS));
  const [brand] = await query<{ id: string }>(url, 'select id from brand');
  const brandId = brand?.id ?? '';
  await createConsentText(owner.ctx, { brandId, purpose: 'ADVERTISING', version: '1', text: 'Bench' });
  await query(url, 'vacuum (analyze)');
  await owner.close();
  const api = await startApi({
    databaseUrl: url,
    dataDir: folder,
    roles: ['api', 'worker'],
    appSecret: APP_SECRET,
  });
  const load = (seconds: number) =>
    runLoad({
      url: api.url,
      token: fixture.till.token,
      query: COMMIT,
      rate: COMMITS_A_SECOND,
      variables: commits(fixture, COMMITS_A_SECOND * seconds),
    });
  await load(WARM_UP);
  const idle = await load(SECONDS);
  const importing = beside.run(url);
  await untilBegun(url, beside.hasBegun);
  const busy = await load(SECONDS);
  const { seconds, peakMb } = await importing;
  await api.stop();
  return figures(beside.what, {
    idle: quantile(idle.latencies, 0.99),
    busy: quantile(busy.latencies, 0.99),
    seconds,
    peakMb,
  });
}

function figures(
  what: string,
  { idle, busy, seconds, peakMb }: { idle: number; busy: number; seconds: number; peakMb: number },
): Measure[] {
  const at = `at ${COMMITS_A_SECOND}/s offered`;
  return [
    { target: '', name: `tills, commit ${at}, p99, nothing else`, value: idle, unit: 'ms' },
    { target: '', name: `tills, commit ${at}, p99, while ${what} are imported`, value: busy, unit: 'ms' },
    {
      target: 'Q8',
      name: `tills’ p99 while ${what} are imported / idle`,
      value: busy / idle,
      unit: '',
      floor: 4,
      goal: 2,
      better: 'LESS',
      note: `the import took ${seconds.toFixed(0)} s and ${peakMb.toFixed(0)} MB, the tills were measured for its first ${SECONDS} s`,
    },
  ];
}

async function untilBegun(url: string, hasBegun: string): Promise<void> {
  for (let waited = 0; waited < PATIENCE_MS; waited += LOOK_EVERY_MS) {
    if ((await query(url, hasBegun)).length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  throw new Error('the import did not begin in a minute');
}

function commits(fixture: TillFixture, count: number): object[] {
  const first = fixture.take(count);
  return Array.from({ length: count }, (_, index) => commitInput(first + index));
}
