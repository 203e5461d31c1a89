import { readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { expect, test } from 'vitest';
import { aTableImport, peopleOf, shortReport } from '../../testing/imports.builders.ts';
import { aPhone, aShopper } from '../../testing/profiles.builders.ts';
import { sharedData, sharedDataMissing } from '../../testing/shared-data.ts';
import { useContext } from '../../testing/use-context.ts';

const run = useContext();
const COLUMNS = [
  ['id', 'externalId'],
  ['name', 'givenName'],
] as const;

test.skipIf(sharedDataMissing)(
  'naughty names go in and come out equal, or are refused (needs ../shared/data)',
  async () => {
    const { ctx, folder } = run;
    const names = JSON.parse(readFileSync(sharedData('naughty-strings/blns.json'), 'utf8')) as string[];
    const path = join(folder, 'naughty.csv');
    const errorFile = join(folder, 'naughty.errors.csv');
    await writeFile(
      path,
      stringify([['id', 'name'], ...names.map((name, at) => [String(at), name])], { delimiter: ';' }),
    );
    const table = { folder, source: 'naughty', kind: 'PROFILES' as const, columns: COLUMNS, rows: [] };
    const { report } = await aTableImport(ctx, { ...table, path, errorFile, file: { delimiter: ';' } });
    expect(report.rows).toBe(names.length);
    const people = await peopleOf(ctx, 'naughty');
    expect(people.length).toBe(report.counts.CREATED);
    for (const { externalId, name } of people) expect(name).toBe(asKept(names[Number(externalId)] ?? ''));
    expect(report.counts.CREATED).toBeGreaterThan(400);
    // What was refused is all in the error file, nothing of it a formula, everything as it was.
    const refused = parse(await readFile(errorFile, 'utf8'), { delimiter: ';', bom: true }) as string[][];
    expect(refused.length - 1).toBe(report.counts.REJECTED);
    for (const [id = '', cell = ''] of refused.slice(1)) {
      expect(cell).not.toMatch(/^[=+\-@]/);
      expect(cell.replace(/^'(?='*[=+\-@\t\r])/, '')).toBe(names[Number(id)]);
    }
  },
);

/** Equal spellings are equal names: composed signs, one space. */
function asKept(name: string): string {
  return name.normalize('NFC').trim().replaceAll(/\s+/g, ' ');
}

test('an erased person is not brought back, and the row says so', async () => {
  const { ctx, folder } = run;
  const phone = aPhone();
  const { id } = await aShopper(ctx, { phone });
  const { blind_index } = await ctx.sql
    .selectFrom('identity')
    .select('blind_index')
    .where('profile_id', '=', id)
    .executeTakeFirstOrThrow();
  await ctx.sql.deleteFrom('identity_key').where('profile_id', '=', id).execute();
  await ctx.sql.deleteFrom('identity').where('profile_id', '=', id).execute();
  await ctx.sql.insertInto('erased_identity').values({ blind_index, erased_at: ctx.clock.now() }).execute();
  const file = {
    folder,
    source: 'erased',
    kind: 'PROFILES' as const,
    columns: [...COLUMNS, ['phone', 'phone']] as const,
    rows: [`1;Анна;${phone}`, `2;Олег;${aPhone()}`],
  };
  for (const dryRun of [true, false]) {
    const { report } = await aTableImport(ctx, { ...file, dryRun });
    expect(shortReport(report)).toBe('rows 2, created 1, rejected 1');
    expect(report.problems.map(({ row, column, code }) => [row, column, code])).toEqual([
      [2, 'phone', 'ERASED'],
    ]);
  }
});

test('an import that was stopped is gone on with: the same people, none twice', async () => {
  const { ctx, folder } = run;
  const { importTable } = await import('./import-table.ts');
  const { aTableMapping } = await import('../../testing/imports.builders.ts');
  const path = join(folder, 'stopped.csv');
  const rows = Array.from({ length: 20_000 }, (_, at) => `${at};Имя ${at % 7} ${'х'.repeat(60)}`);
  await writeFile(path, `id;name\n${rows.join('\n')}\n`);
  const stop = new AbortController();
  const input = {
    path,
    source: 'stopped',
    mapping: aTableMapping({ source: '', kind: 'PROFILES', columns: COLUMNS }),
  };
  const stopped = importTable(ctx, {
    ...input,
    signal: stop.signal,
    onProgress: (done) => {
      if (done > 300_000) stop.abort();
    },
  });
  await expect(stopped).rejects.toThrow();
  const count = async () => {
    const { count: people } = await ctx.sql
      .selectFrom('identity')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('source', '=', 'stopped')
      .executeTakeFirstOrThrow();
    return Number(people);
  };
  const before = await count();
  expect(before).toBeGreaterThan(0);
  expect(before).toBeLessThan(20_000);
  const states = await ctx.sql
    .selectFrom('import_run')
    .select('state')
    .where('source', '=', 'stopped')
    .execute();
  expect(states).toEqual([{ state: 'CANCELLED' }]);
  const { report } = await importTable(ctx, input);
  expect(report.counts).toMatchObject({ CREATED: 20_000 - before, UNCHANGED: before });
  expect(await count()).toBe(20_000);
});
