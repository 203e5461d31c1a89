import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import ExcelJs from 'exceljs';
import { expect, test } from 'vitest';
import { useFolder } from '../../testing/use-folder.ts';
import { UnreadableFile, type UnreadableFacts } from '../exchange.errors.ts';
import { openTable, type TableRow, type TableSettings } from './table.ts';

const place = useFolder();
const AUTO: TableSettings = { encoding: 'auto', delimiter: 'auto', sheet: null };

let files = 0;
async function aFile(bytes: Uint8Array | string, name = 'file.csv'): Promise<string> {
  files += 1;
  const path = join(place.folder, `${files}-${name}`);
  await writeFile(path, bytes);
  return path;
}

async function read(path: string, settings = AUTO): Promise<{ header: readonly string[]; rows: TableRow[] }> {
  const table = await openTable(path, settings);
  const rows: TableRow[] = [];
  for await (const batch of table.batches(2)) rows.push(...batch);
  return { header: table.header, rows };
}

async function refusal(path: string): Promise<UnreadableFacts> {
  try {
    await read(path);
  } catch (error) {
    if (error instanceof UnreadableFile) return error.facts;
    throw error;
  }
  throw new Error('the file was read');
}

const TEXT = 'имя;город\r\nЁжик;Орёл\r\n"О""Нил; младший";Сочи\r\n';
const ROWS = [
  { row: 2, fields: ['Ёжик', 'Орёл'] },
  { row: 3, fields: ['О"Нил; младший', 'Сочи'] },
];
const WINDOWS_1251 = Uint8Array.from(TEXT, (sign) => {
  const code = sign.codePointAt(0) ?? 0;
  if (sign === 'Ё') return 0xa8;
  if (sign === 'ё') return 0xb8;
  return code < 0x80 ? code : code - 0x410 + 0xc0;
});

test.each([
  ['UTF-8', Buffer.from(TEXT)],
  ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${TEXT}`)],
  ['windows-1251', WINDOWS_1251],
  ['UTF-16 LE', Buffer.from(`\uFEFF${TEXT}`, 'utf16le')],
  ['UTF-16 BE', Buffer.from(`\uFEFF${TEXT}`, 'utf16le').swap16()],
  ['UTF-16 LE without a mark', Buffer.from(TEXT, 'utf16le')],
])('%s is read without being told', async (_name, bytes) => {
  expect(await read(await aFile(bytes))).toEqual({ header: ['имя', 'город'], rows: ROWS });
});

test.each([',', ';', '\t'])('columns separated by %j', async (delimiter) => {
  const path = await aFile(['a', 'b'].join(delimiter) + '\n' + ['1', '2'].join(delimiter));
  expect(await read(path)).toEqual({ header: ['a', 'b'], rows: [{ row: 2, fields: ['1', '2'] }] });
});

test.each<[string, string | Uint8Array, UnreadableFacts]>([
  ['an open quote', 'a;b\n1;2\n3;"4\n5;6\n', { reason: 'OPEN_QUOTE', row: 3 }],
  ['a header twice', 'a;b;a\n1;2;3\n', { reason: 'DUPLICATE_HEADER', columns: ['a'] }],
  [
    'ten thousand columns',
    Array.from({ length: 10_000 }, (_, at) => `c${at}`).join(';'),
    { reason: 'TOO_MANY_COLUMNS', found: 10_000, limit: 1_000 },
  ],
  ['nothing', '', { reason: 'EMPTY' }],
  ['an old spreadsheet', Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2]), { reason: 'OLD_SPREADSHEET' }],
  ['half a spreadsheet', Uint8Array.from([0x50, 0x4b, 3, 4, 1, 2, 3]), { reason: 'DAMAGED' }],
])('%s is refused with a reason', async (_name, content, facts) => {
  expect(await refusal(await aFile(content))).toEqual(facts);
});

async function aWorkbook(fill: (sheet: ExcelJs.Worksheet) => void): Promise<string> {
  const workbook = new ExcelJs.Workbook();
  fill(workbook.addWorksheet('Лист1'));
  return aFile(new Uint8Array(await workbook.xlsx.writeBuffer()), 'file.xlsx');
}

test('a spreadsheet is read as people see it: dates, numbers, formulas by their values', async () => {
  const path = await aWorkbook((sheet) => {
    sheet.addRow(['имя', 'телефон', 'день', 'баллы', 'да']);
    sheet.addRow([
      'Анна',
      89_123_456_789,
      new Date('1990-03-05T00:00:00Z'),
      { formula: '1+1', result: 2 },
      true,
    ]);
    sheet.addRow([]);
    sheet.addRow([
      { richText: [{ text: 'Иван ' }, { font: { bold: true }, text: 'Петров' }] },
      null,
      null,
      1.5,
    ]);
  });
  expect(await read(path)).toEqual({
    header: ['имя', 'телефон', 'день', 'баллы', 'да'],
    rows: [
      { row: 2, fields: ['Анна', '89123456789', '1990-03-05', '2', 'true'] },
      { row: 4, fields: ['Иван Петров', '', '', '1.5', ''] },
    ],
  });
});

/** A zip of one entry that says how much it unpacks into, truly or not. */
function aZip(content: Buffer, said: number): Buffer {
  const name = Buffer.from('xl/worksheets/sheet1.xml');
  const packed = deflateRawSync(content, { level: 9 });
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(packed.length, 18);
  local.writeUInt32LE(said, 22);
  local.writeUInt16LE(name.length, 26);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt32LE(packed.length, 20);
  entry.writeUInt32LE(said, 24);
  entry.writeUInt16LE(name.length, 28);
  const at = local.length + name.length + packed.length;
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(entry.length + name.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([local, name, packed, entry, name, end]);
}

test('a zip bomb is refused by what it says of itself, and when it lies', async () => {
  const zeros = Buffer.alloc(60_000_000);
  const honest = await aFile(aZip(zeros, zeros.length), 'bomb.xlsx');
  expect((await refusal(honest)).reason).toBe('PACKED_TOO_MUCH');
  const liar = await aFile(aZip(zeros, 1_000), 'liar.xlsx');
  expect((await refusal(liar)).reason).toBe('PACKED_TOO_MUCH');
});
