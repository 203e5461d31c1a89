import { expect, test } from 'vitest';
import { upsertProfiles } from '../../../profiles/index.ts';
import { aTableImport, peopleOf, shortReport } from '../../../testing/imports.builders.ts';
import { aPhone } from '../../../testing/profiles.builders.ts';
import { useContext } from '../../../testing/use-context.ts';
import { undoImport } from './undo-import.ts';

const run = useContext();

const COLUMNS = [
  ['id', 'externalId'],
  ['phone', 'phone'],
  ['name', 'givenName'],
  ['city', 'attribute:city'],
  ['tags', 'tags'],
] as const;

test('those it made are gone, those it changed are as they were, whatever was done since stays', async () => {
  const { ctx, folder } = run;
  const file = { folder, source: 'crm', kind: 'PROFILES' as const, columns: COLUMNS };
  const [known, moved, fresh, edited] = [aPhone(), aPhone(), aPhone(), aPhone()];
  await aTableImport(ctx, {
    ...file,
    rows: [`1;${known};Анна;Казань;a`, `2;${known.replace('+7912', '+7913')};Олег;Омск;`],
  });
  const before = await peopleOf(ctx, 'crm');

  ctx.clock.advance(60_000);
  const { runId, report } = await aTableImport(ctx, {
    ...file,
    rows: [`1;${moved};Анна-Мария;Москва;b`, '2;;Олежка;;', `3;${fresh};Вера;;`, `4;${edited};Глеб;;`],
  });
  expect(shortReport(report)).toBe('rows 4, created 2, updated 2');

  ctx.clock.advance(60_000);
  await upsertProfiles(ctx, {
    requestId: null,
    source: 'crm',
    profiles: [
      { externalId: '2', givenName: 'Олег Иванович' },
      { externalId: '4', givenName: 'Глеб Глебович' },
    ],
  });
  expect(await undoImport(ctx, runId)).toEqual({ removed: 1, restored: 1, kept: { CHANGED: 2 } });
  expect(await peopleOf(ctx, 'crm')).toEqual([
    before[0],
    { ...before[1], name: 'Олег Иванович' },
    {
      externalId: '4',
      contacts: [`PHONE ${edited}`],
      name: 'Глеб Глебович',
      birthDate: null,
      gender: null,
      tags: [],
      attributes: {},
    },
  ]);
  // The phone of the one who is gone is free again.
  expect(shortReport((await aTableImport(ctx, { ...file, rows: [`9;${fresh};Вера;;`] })).report)).toBe(
    'rows 1, created 1',
  );
});

test('what a profile was is kept sealed and goes when it is undone', async () => {
  const { ctx, folder } = run;
  const file = { folder, source: 'seal', kind: 'PROFILES' as const, columns: COLUMNS };
  const phone = aPhone();
  await aTableImport(ctx, { ...file, rows: [`1;${phone};Серафима;;`] });
  ctx.clock.advance(60_000);
  const { runId } = await aTableImport(ctx, { ...file, rows: [`1;${aPhone()};Ксения;;`] });
  const [change] = await ctx.sql
    .selectFrom('import_change')
    .selectAll()
    .where('run_id', '=', runId)
    .execute();
  expect(change?.before).toMatch(/^v1\./);
  expect(ctx.vault.open(change?.before ?? '')).toContain('Серафима');
  expect(await undoImport(ctx, runId)).toEqual({ removed: 0, restored: 1, kept: {} });
  expect((await peopleOf(ctx, 'seal'))[0]).toMatchObject({ name: 'Серафима', contacts: [`PHONE ${phone}`] });
  expect(await ctx.sql.selectFrom('import_change').selectAll().where('run_id', '=', runId).execute()).toEqual(
    [],
  );
});
