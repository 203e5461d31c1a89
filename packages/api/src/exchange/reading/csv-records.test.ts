import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UnreadableFile } from '../exchange.errors.ts';
import { csvRecords } from './csv-records.ts';

function read(pieces: readonly string[], delimiter = ','): [number, string[]][] {
  const records: [number, string[]][] = [];
  const reader = csvRecords(delimiter, (fields, line) => records.push([line, fields]));
  for (const piece of pieces) reader.push(piece);
  reader.end();
  return records;
}

describe('records of a CSV text', () => {
  it('tells the line each record begins on, across quoted line ends', () =>
    expect(read(['a,b\r\n1,"two\r\nlines"\r\n\r\n3,4'])).toEqual([
      [1, ['a', 'b']],
      [2, ['1', 'two\r\nlines']],
      [5, ['3', '4']],
    ]));

  it('reads doubled quotes, empty fields and a last line without an end', () =>
    expect(read(['"say ""hi""",,""\n,', ''])).toEqual([
      [1, ['say "hi"', '', '']],
      [2, ['', '']],
    ]));

  it('takes a quote inside a plain field, and text after a closing one, as they stand', () =>
    expect(read(['5" pipe,x\n"a"b,c\r\n'])).toEqual([
      [1, ['5" pipe', 'x']],
      [2, ['ab', 'c']],
    ]));

  it('passes over a byte order mark and keeps the delimiter it was told', () =>
    expect(read(['\uFEFFa;b,c\n'], ';')).toEqual([[1, ['a', 'b,c']]]));

  it('refuses a quote that is never closed and says where it opened', () => {
    expect(() => read(['a,b\n1,"open\n2,3\n'])).toThrow(
      new UnreadableFile('a quote opened on line 2 is never closed', { reason: 'OPEN_QUOTE', row: 2 }),
    );
    expect(() => read([`"${'x'.repeat(1_000_001)}`])).toThrow(/line 1 is longer than/);
  });

  it('gives back what was written, wherever the text is cut into pieces', () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.array(fc.string({ unit: fc.constantFrom(...'ab",;\r\n ') }), { minLength: 2, maxLength: 4 }),
          {
            maxLength: 6,
          },
        ),
        fc.array(fc.nat(40), { maxLength: 8 }),
        (records, cuts) => {
          const text = records
            .map((fields) => fields.map((field) => `"${field.replaceAll('"', '""')}"`).join(',') + '\r\n')
            .join('');
          const at = [0, ...cuts.filter((cut) => cut < text.length).toSorted((a, b) => a - b), text.length];
          const pieces = at.slice(1).map((end, index) => text.slice(at[index], end));
          expect(read(pieces).map(([, fields]) => fields)).toEqual(records);
        },
      ),
    ));

  it('reads what a well-kept library reads', () => {
    const plain = fc.string({ unit: fc.constantFrom(...'ab ;é') });
    const quoted = fc
      .string({ unit: fc.constantFrom(...'ab",\r\n') })
      .map((text) => `"${text.replaceAll('"', '""')}"`);
    const line = fc
      .array(fc.oneof(plain, quoted), { minLength: 2, maxLength: 5 })
      .map((fields) => fields.join(','));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), fc.constantFrom('\n', '\r\n'), (lines, end) => {
        const text = lines.map((one) => one + end).join('');
        const expected = parse(text, { relax_column_count: true, record_delimiter: end }) as string[][];
        expect(read([text]).map(([, fields]) => fields)).toEqual(expected);
      }),
    );
  });
});
