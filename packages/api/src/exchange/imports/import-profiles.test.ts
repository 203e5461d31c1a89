import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { aStore } from '../../testing/company.builders.ts';
import { aTableImport, peopleOf, shortReport } from '../../testing/imports.builders.ts';
import { aConsentText, aPhone } from '../../testing/profiles.builders.ts';
import { useContext } from '../../testing/use-context.ts';

const run = useContext();

let sources = 0;
async function aShop() {
  const { ctx, folder } = run;
  const store = await aStore(ctx);
  sources += 1;
  return { ctx, folder, store, source: `crm-${sources}` };
}

const COLUMNS = [
  ['код', 'externalId'],
  ['телефон', 'phone'],
  ['доп. телефон', 'phone'],
  ['почта', 'email'],
  ['фио', 'fullName'],
  ['дата рождения', 'birthDate'],
  ['пол', 'gender'],
  ['теги', 'tags'],
  ['город', 'attribute:city'],
] as const;

test('people come in with what the file says of them, and a second time nothing changes', async () => {
  const { ctx, folder, source } = await aShop();
  const [one, two, three] = [aPhone(), aPhone(), aPhone()];
  const file = {
    folder,
    source,
    kind: 'PROFILES' as const,
    columns: COLUMNS,
    rows: [
      `1;8${one.slice(2)};${two};Anna@Mail.RU;Петрова Анна Сергеевна;05.03.1990;ж;vip, сеть;Казань`,
      `2;${three};;;Иван;;М;;`,
    ],
  };
  const { report } = await aTableImport(ctx, file);
  expect(shortReport(report)).toEqual('rows 2, created 2');
  expect(await peopleOf(ctx, source)).toEqual([
    {
      externalId: '1',
      contacts: [`PHONE ${one}`, `PHONE ${two}`, 'EMAIL anna@mail.ru'],
      name: 'Анна Сергеевна Петрова',
      birthDate: '1990-03-05',
      gender: 'FEMALE',
      tags: ['vip', 'сеть'],
      attributes: { city: 'Казань' },
    },
    {
      externalId: '2',
      contacts: [`PHONE ${three}`],
      name: 'Иван',
      birthDate: null,
      gender: 'MALE',
      tags: [],
      attributes: {},
    },
  ]);
  expect(shortReport((await aTableImport(ctx, file)).report)).toEqual('rows 2, unchanged 2');
});

test('a wrong row is told by row and column, and its neighbours are taken', async () => {
  const { ctx, folder, source } = await aShop();
  const [one, two] = [aPhone(), aPhone()];
  const errorFile = join(folder, `${source}.errors.csv`);
  const { report } = await aTableImport(ctx, {
    folder,
    source,
    kind: 'PROFILES',
    columns: COLUMNS,
    rows: [
      `1;${one};;;;;;;`,
      '2;12345;;no-mail;;31.02.1990;кот;;',
      ';;;;Никто;;;;',
      `3;${two};;;;;;;;лишнее`,
      `4;${two};;;=HYPERLINK("http://x");;;;`,
    ],
    errorFile,
  });
  expect(shortReport(report)).toEqual('rows 5, created 2, rejected 3');
  expect(report.problems.map(({ row, column, code, value }) => [row, column, code, value])).toEqual([
    [3, 'дата рождения', 'DATE', '31.02.1990'],
    [3, 'пол', 'GENDER', 'кот'],
    [3, 'телефон', 'PHONE', '12345'],
    [3, 'почта', 'EMAIL', 'no-mail'],
    [4, null, 'NO_IDENTITY', ''],
    [5, null, 'COLUMNS', ''],
  ]);
  expect(await readFile(errorFile, 'utf8')).toBe(
    [
      '\uFEFFкод;телефон;доп. телефон;почта;фио;дата рождения;пол;теги;город;import row;import problem',
      '2;12345;;no-mail;;31.02.1990;кот;;;3;"«дата рождения»: не похоже на дату (31.02.1990); «пол»: не похоже на пол (кот); «телефон»: не похоже на телефон (12345); «почта»: не похоже на адрес почты (no-mail)"',
      ';;;;Никто;;;;;4;не указано, чья это строка: нужен телефон, почта, карта или код клиента',
      `3;'${two};;;;;;;;5;в строке не столько столбцов, сколько в заголовке: 10 ≠ 9;лишнее`,
      '',
    ].join('\r\n'),
  );
});

test('a corrected error file is imported as it is, its safe cells opened again', async () => {
  const { ctx, folder, source } = await aShop();
  const phone = aPhone();
  const path = join(folder, `${source}.csv`);
  await writeFile(
    path,
    `\uFEFFкод;телефон;фио;import row;import problem\r\n7;'${phone};'=Анна;3;«телефон»: не похоже на телефон\r\n`,
  );
  const columns = [
    ['код', 'externalId'],
    ['телефон', 'phone'],
    ['фио', 'givenName'],
  ] as const;
  const { report } = await aTableImport(ctx, { path, folder, source, kind: 'PROFILES', columns, rows: [] });
  expect(shortReport(report)).toEqual('rows 1, created 1');
  expect((await peopleOf(ctx, source))[0]).toMatchObject({ contacts: [`PHONE ${phone}`], name: '=Анна' });
});

test('a dry run answers exactly what the run does, and writes nothing', async () => {
  const { ctx, folder, source } = await aShop();
  const [known, one, two] = [aPhone(), aPhone(), aPhone()];
  await aTableImport(ctx, {
    folder,
    source,
    kind: 'PROFILES',
    columns: COLUMNS,
    rows: [`0;${known};;;Мария;;;;`],
  });
  // New; the same again; more of the same person; a known one changed; two people made one.
  const rows = [
    `1;${one};;;Анна;;;;`,
    `1;${one};;;Анна;;;;`,
    `1;${one};;;Анна;01.01.1980;;;`,
    `0;${known};;;Мария;02.02.1982;;;`,
    `2;${two};;;Олег;;;;`,
    `;${two};${one};;;;;;`,
  ];
  const file = { folder, source, kind: 'PROFILES' as const, columns: COLUMNS, rows };
  const dry = await aTableImport(ctx, { ...file, dryRun: true });
  expect(await peopleOf(ctx, source)).toHaveLength(1);
  const wet = await aTableImport(ctx, file);
  expect(shortReport(dry.report)).toBe('rows 6, created 2, updated 2, unchanged 1, conflict 1');
  expect(dry.report.counts).toEqual(wet.report.counts);
  expect(dry.report.problems).toEqual(wet.report.problems);
  expect(wet.report.problems.map(({ row, column, code }) => [row, column, code])).toEqual([
    [7, 'доп. телефон', 'OTHER_PERSON'],
  ]);
});

test('values that cannot be read are left out where the mapping says so', async () => {
  const { ctx, folder, source } = await aShop();
  const phone = aPhone();
  const { report } = await aTableImport(ctx, {
    folder,
    source,
    kind: 'PROFILES',
    columns: COLUMNS,
    rows: [`1;${phone};12;no-mail;Анна;1990-13-01;?;;`, '2;13;;;;;;;'],
    options: { skipBadValues: true },
  });
  expect(shortReport(report)).toBe('rows 2, created 2');
  expect(report.skippedValues).toBe(5);
  expect((await peopleOf(ctx, source))[0]).toMatchObject({ contacts: [`PHONE ${phone}`], name: 'Анна' });
});

test('consents are given to the text people are asked to agree to now', async () => {
  const { ctx, folder, source, store } = await aShop();
  await aConsentText(ctx, { brandId: store.brandId, purpose: 'ADVERTISING', version: '3' });
  const brand = await ctx.sql
    .selectFrom('brand')
    .select('code')
    .where('id', '=', store.brandId)
    .executeTakeFirstOrThrow();
  const file = {
    folder,
    source,
    kind: 'PROFILES' as const,
    columns: [
      ['id', 'externalId'],
      ['sms', 'consent:ADVERTISING:SMS'],
    ] as const,
    rows: ['1;да', '2;нет', '3;'],
    options: { brand: brand.code },
  };
  expect(shortReport((await aTableImport(ctx, file)).report)).toBe('rows 3, created 3');
  const consents = await ctx.sql
    .selectFrom('consent')
    .select(['version', 'channel', 'granted', 'source'])
    .where('source', '=', source)
    .orderBy('granted')
    .execute();
  expect(consents).toEqual([
    { version: '3', channel: 'SMS', granted: false, source },
    { version: '3', channel: 'SMS', granted: true, source },
  ]);
  expect(shortReport((await aTableImport(ctx, file)).report)).toBe('rows 3, unchanged 3');
});
