import { instantReader } from '../../reading/local-instant.ts';
import type { TableMapping } from './table-mapping.ts';

/** Readers of what people write in cells; null: it cannot be read so. */
export interface ValueReaders {
  /** YYYY-MM-DD */
  date(text: string): string | null;
  instant(text: string): Date | null;
  /** A whole or decimal number as a plain decimal string: `1 200,50` → `1200.50`. */
  decimal(text: string): string | null;
  gender(text: string): 'FEMALE' | 'MALE' | 'OTHER' | null;
  yesNo(text: string): boolean | null;
}

const GENDERS = new Map<string, 'FEMALE' | 'MALE' | 'OTHER'>(
  (
    [
      ['FEMALE', 'ж жен жен. женский женщина жр f fem female w woman women 2'],
      ['MALE', 'м муж муж. мужской мужчина мр m male man men 1'],
      ['OTHER', 'другой другое иной other'],
    ] as const
  ).flatMap(([gender, words]) => words.split(' ').map((word): [string, typeof gender] => [word, gender])),
);

const YES_NO = new Map<string, boolean>([
  ...'да д есть истина согласен согласна y yes true t 1 on x +'
    .split(' ')
    .map((word): [string, boolean] => [word, true]),
  ...'нет н ложь отказ n no false f 0 off -'.split(' ').map((word): [string, boolean] => [word, false]),
]);

const ISO_DAY = /^(\d{4})[-.\\/](\d{1,2})[-.\\/](\d{1,2})(?:[ T]\d{1,2}:\d\d.*)?$/;
const SHORT_DAY = /^(\d{1,2})[-.\\/](\d{1,2})[-.\\/](\d{4})(?: \d{1,2}:\d\d.*)?$/;
const SHORT_MOMENT = /^(\d{1,2}[-.\\/]\d{1,2}[-.\\/]\d{4})[ T](\d{1,2}):(\d\d)(?::(\d\d))?$/;

export function valueReaders({ file }: Pick<TableMapping, 'file'>): ValueReaders {
  const moment = instantReader(file.timeZone);
  const date = (text: string): string | null => readDate(text, file.dates);
  return {
    date,
    instant: (text) => {
      const instant = readInstant(text, date, moment);
      return instant === null ? null : new Date(instant);
    },
    decimal: (text) => readDecimal(text, file.decimalPoint),
    gender: (text) => GENDERS.get(text.toLowerCase()) ?? null,
    yesNo: (text) => YES_NO.get(text.toLowerCase()) ?? null,
  };
}

function readDate(text: string, order: TableMapping['file']['dates']): string | null {
  const iso = ISO_DAY.exec(text);
  if (iso !== null && order !== 'DMY' && order !== 'MDY') return dayOf(iso[1], iso[2], iso[3]);
  const short = SHORT_DAY.exec(text);
  if (short === null) return iso === null ? null : dayOf(iso[1], iso[2], iso[3]);
  if (order === 'YMD') return null;
  const [, first, second, year] = short;
  return order === 'MDY' ? dayOf(year, first, second) : dayOf(year, second, first);
}

function dayOf(year = '', month = '', day = ''): string | null {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text) ? text : null;
}

function readInstant(
  text: string,
  date: (text: string) => string | null,
  moment: (text: string) => number | null,
): number | null {
  // `2019-10-01 00:00:00 UTC`, as data warehouses write it.
  const utc = / ?UTC$/.test(text) ? text.replace(/ ?UTC$/, 'Z').replace(' ', 'T') : text;
  const read = moment(utc);
  if (read !== null) return read;
  const short = SHORT_MOMENT.exec(text);
  if (short !== null) {
    const day = date(short[1] ?? '');
    return day === null
      ? null
      : moment(`${day} ${short[2]?.padStart(2, '0')}:${short[3]}:${short[4] ?? '00'}`);
  }
  const day = date(text);
  return day === null ? null : moment(`${day} 00:00:00`);
}

/** Spaces of any width group digits; the last of `.` and `,` is the point unless the mapping says which. */
function readDecimal(text: string, point: TableMapping['file']['decimalPoint']): string | null {
  let plain = text.replaceAll(/[\s\u00A0\u202F']/g, '').replace(/(₽|руб\.?|р\.|RUB)$/i, '');
  const mark = point === 'auto' ? (plain.lastIndexOf(',') > plain.lastIndexOf('.') ? ',' : '.') : point;
  const group = mark === ',' ? '.' : ',';
  const grouped = new RegExp(`^[+-]?\\d{1,3}(?:\\${group}\\d{3})+(?:\\${mark}\\d*)?$`);
  if (plain.includes(group)) {
    if (!grouped.test(plain)) return null;
    plain = plain.replaceAll(group, '');
  }
  plain = plain.replace(mark, '.').replace(/^\+/, '');
  return /^-?\d{1,15}(\.\d{0,6})?$/.test(plain)
    ? plain.replace(/\.0*$/, '').replace(/(\.\d*?)0+$/, '$1')
    : null;
}
