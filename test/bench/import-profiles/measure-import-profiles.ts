import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConsentText } from '@clientele/api/src/profiles/index.ts';
import { createBrand, createStore } from '@clientele/api/src/company/index.ts';
import { openCompany } from '../harness/company.ts';
import { say, type Measure } from '../harness/results.ts';
import type { BenchServer } from '../harness/server.ts';
import { measureTillsBeside } from '../beside/measure-tills-beside.ts';
import { importByCommand } from './command-line.ts';
import { generateProfiles, namesMissing } from './generate-profiles.ts';
import { timeReference } from './reference.ts';

/** How many people; a smaller base for a quick look. */
const PROFILES = Number(process.env['PROFILES'] ?? 450_000);

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
    return [
      ...(await measureRate(server, csv, folder)),
      ...(await measureTillsBeside(server, folder, {
        what: 'people',
        run: (url) => importByCommand({ url, kind: 'profiles', csv, mapping: 'ru-customers', folder }),
        hasBegun: 'select from import_change limit 1',
      })),
    ];
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
  const first = await importByCommand({ url, kind: 'profiles', csv, mapping: 'ru-customers', folder });
  say(first.output.split('\n').slice(0, 4).join('\n'));
  const again = await importByCommand({ url, kind: 'profiles', csv, mapping: 'ru-customers', folder });
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
