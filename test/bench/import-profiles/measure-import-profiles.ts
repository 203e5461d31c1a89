import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConsentText } from '@clientele/api/src/profiles/index.ts';
import { createBrand, createStore } from '@clientele/api/src/company/index.ts';
import { openCompany } from '../harness/company.ts';
import { quantile, say, type Measure } from '../harness/results.ts';
import { query, type BenchServer } from '../harness/server.ts';
import { COMMIT, commitInput } from '../till/documents.ts';
import { aTillFixture, type TillFixture } from '../till/fixture.ts';
import { runLoad, startApi } from '../till/processes.ts';
import { APP_SECRET, importByCommand } from './command-line.ts';
import { generateProfiles, namesMissing } from './generate-profiles.ts';
import { timeReference } from './reference.ts';

/** How many people; a smaller base for a quick look. */
const PROFILES = Number(process.env['PROFILES'] ?? 450_000);
const COMMITS_A_SECOND = 60;
const SECONDS = 20;
const WARM_UP = 5;

/** A customer base by the command line, against the same rows stored by hand; then the tills beside it (Q8). */
export async function measureImportProfiles(server: BenchServer): Promise<Measure[]> {
  if (namesMissing) {
    say('Imports of profiles are left out: there is no ../shared/data/ru-names.');
    return [];
  }
  const folder = await mkdtemp(join(tmpdir(), 'clientele-bench-profiles-'));
  try {
    const csv = join(folder, 'people.csv');
    await generateProfiles(csv, PROFILES);
    say(`Import of profiles: ${PROFILES} people.`);
    return [...(await measureRate(server, csv, folder)), ...(await measureTills(server, csv, folder))];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function rate(seconds: number): number {
  return PROFILES / seconds;
}

async function measureRate(server: BenchServer, csv: string, folder: string): Promise<Measure[]> {
  const reference = await timeReference(await server.database('profiles_reference'), csv);
  const url = await server.database('profiles_import');
  const { ctx, close } = await openCompany(url);
  const brandId = await createBrand(ctx, { code: 'bench', name: 'Bench' });
  await createStore(ctx, {
    brandId,
    code: 'bench',
    name: 'Bench',
    timeZone: 'Europe/Moscow',
    currency: 'RUB',
    country: 'RU',
    language: 'ru',
  });
  await createConsentText(ctx, { brandId, purpose: 'ADVERTISING', version: '1', text: 'Bench' });
  await close();
  const first = await importByCommand({ url, csv, folder });
  say(first.output.split('\n').slice(0, 4).join('\n'));
  const again = await importByCommand({ url, csv, folder });
  const share = (seconds: number): number => (100 * seconds) / first.seconds;
  return [
    figure('import of profiles, start to end of the command', first.seconds, 's'),
    figure('import of profiles', rate(first.seconds), '/s'),
    {
      target: '',
      name: 'its peak memory (RSS)',
      value: first.peakMb,
      unit: 'MB',
      floor: 500,
      better: 'LESS',
    },
    figure('import again: nothing to change', rate(again.seconds), '/s'),
    figure('COPY to staging of the same rows', rate(reference.copy), '/s'),
    figure('COPY, then INSERT … SELECT … ON CONFLICT by hand', rate(reference.store), '/s'),
    {
      ...figure('import / COPY and store by hand', share(reference.store), '%'),
      note: 'by hand: nothing parsed, sealed, judged, told to other rooms or kept for undoing',
    },
  ];
}

function figure(name: string, value: number, unit: Measure['unit']): Measure {
  return { target: '', name, value, unit };
}

/** Q8: commits at the tills' rate with nothing else, then while a base is imported. */
async function measureTills(server: BenchServer, csv: string, folder: string): Promise<Measure[]> {
  const url = await server.database('profiles_tills');
  const owner = await openCompany(url, null);
  const fixture = await aTillFixture(owner.ctx, COMMITS_A_SECOND * (WARM_UP + 2 * SECONDS));
  const [brand] = await query<{ id: string }>(url, 'select id from brand');
  await createConsentText(owner.ctx, {
    brandId: brand?.id ?? '',
    purpose: 'ADVERTISING',
    version: '1',
    text: 'Bench',
  });
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
  const importing = importByCommand({ url, csv, folder });
  await untilStored(url);
  const busy = await load(SECONDS);
  const { seconds } = await importing;
  await api.stop();
  const p99 = { idle: quantile(idle.latencies, 0.99), busy: quantile(busy.latencies, 0.99) };
  const at = `at ${COMMITS_A_SECOND}/s offered`;
  return [
    figure(`tills, commit ${at}, p99, nothing else`, p99.idle, 'ms'),
    figure(`tills, commit ${at}, p99, while profiles are imported`, p99.busy, 'ms'),
    {
      ...figure('tills’ p99 while profiles are imported / idle', p99.busy / p99.idle, ''),
      target: 'Q8',
      floor: 4,
      goal: 2,
      better: 'LESS',
      note: `the import took ${seconds.toFixed(0)} s, the tills were measured for its first ${SECONDS}`,
    },
  ];
}

/** The command has read its file and stores. */
async function untilStored(url: string): Promise<void> {
  for (let left = 600; left > 0; left -= 1) {
    const rows = await query<{ run: string }>(url, 'select run_id as run from import_change limit 1');
    if (rows.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the import stored nobody in a minute');
}

function commits(fixture: TillFixture, count: number): object[] {
  const first = fixture.take(count);
  return Array.from({ length: count }, (_, index) => commitInput(first + index));
}
