import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { FieldKind, MatchRecord } from '@clientele/api/src/profiles/duplicates/matching/match-record.ts';

const folder = join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'data');

export interface PublicSet {
  readonly name: string;
  readonly records: readonly MatchRecord[];
  /** `left right` of every true pair, the smaller id first. */
  readonly truth: ReadonlySet<string>;
}

type Row = Readonly<Record<string, string>>;

/** What of a row is compared as what: all that is told about a set. */
type Mapping = (row: Row) => Partial<Record<FieldKind, string | undefined>>;

export function pairKey(a: string, b: string): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}

/** The public sets that are there, one after another. */
export function* publicSets(): Generator<PublicSet> {
  for (const read of [
    () => readFebrl(1),
    () => readFebrl(2),
    () => readFebrl(3),
    readRldata,
    readSplink,
    readRestaurants,
    readChildcare,
  ]) {
    if (existsSync(folder)) yield read();
  }
}

const FEBRL: Mapping = (row) => ({
  GIVEN_NAME: row['given_name'],
  FAMILY_NAME: row['surname'],
  HOUSE: row['street_number'],
  STREET: row['address_1'],
  TITLE: row['address_2'],
  CITY: row['suburb'],
  POSTCODE: row['postcode'],
  REGION: row['state'],
  BIRTH_DATE: row['date_of_birth'],
  NUMBER: row['soc_sec_id'],
});

function readFebrl(number: number): PublicSet {
  const rows = readTable(`febrl/dataset${number}.csv`);
  const truth = readTable(`febrl/dataset${number}_true_pairs.csv`).map((row) =>
    pairKey(row['rec_id_1'] ?? '', row['rec_id_2'] ?? ''),
  );
  return {
    name: `febrl ${number}`,
    records: rows.map((row) => toRecord(row['rec_id'] ?? '', FEBRL(row))),
    truth: new Set(truth),
  };
}

function readRldata(): PublicSet {
  return clustered('rldata 500', readTable('rldata/RLdata500.csv'), 'true_id', (row) => ({
    GIVEN_NAME: [row['fname_c1'], row['fname_c2']].filter(Boolean).join(' '),
    FAMILY_NAME: [row['lname_c1'], row['lname_c2']].filter(Boolean).join(' '),
    BIRTH_DATE: `${row['by']}${(row['bm'] ?? '').padStart(2, '0')}${(row['bd'] ?? '').padStart(2, '0')}`,
  }));
}

function readSplink(): PublicSet {
  return clustered('splink fake 1000', readTable('splink-fake1000/fake_1000.csv'), 'cluster', (row) => ({
    GIVEN_NAME: row['first_name'],
    FAMILY_NAME: row['surname'],
    BIRTH_DATE: row['dob']?.replaceAll('-', ''),
    CITY: row['city'],
    EMAIL: row['email'],
  }));
}

function readRestaurants(): PublicSet {
  const rows = readTable('restaurants/restaurant-nophone-training.csv');
  return clustered('restaurants', rows, 'unique_id', (row) => ({
    TITLE: row['name'],
    ...address(row['address']),
    CITY: row['city'],
  }));
}

function readChildcare(): PublicSet {
  return clustered('childcare', readTable('dedupe-childcare/sites_with_true_ids.csv'), 'true_id', (row) => ({
    TITLE: row['site_name'],
    ...address(row['address']),
    POSTCODE: row['zip'],
    PHONE: row['phone']?.replaceAll(/\D/g, ''),
  }));
}

/** A line of address: the number it begins with is the house. */
function address(line = ''): Partial<Record<FieldKind, string>> {
  const [, house, street] = /^\s*(\d+\w*)\s+(.+)$/s.exec(line) ?? [undefined, '', line];
  return { HOUSE: house ?? '', STREET: street ?? '' };
}

function clustered(name: string, rows: readonly Row[], cluster: string, mapping: Mapping): PublicSet {
  const clusters = new Map<string, string[]>();
  for (const [place, row] of rows.entries()) {
    const key = row[cluster] ?? '';
    clusters.set(key, [...(clusters.get(key) ?? []), String(place)]);
  }
  const truth = [...clusters.values()].flatMap((ids) =>
    ids.flatMap((id, place) => ids.slice(place + 1).map((other) => pairKey(id, other))),
  );
  return {
    name,
    records: rows.map((row, place) => toRecord(String(place), mapping(row))),
    truth: new Set(truth),
  };
}

const NOTHING = new Set(['', 'NA', 'NULL', 'null', '0000000']);

function toRecord(id: string, values: Partial<Record<FieldKind, string | undefined>>): MatchRecord {
  const known = Object.entries(values).flatMap(([kind, value]) => {
    const trimmed = value?.replaceAll(/\s+/g, ' ').trim() ?? '';
    return NOTHING.has(trimmed) ? [] : [[kind, [trimmed]] as const];
  });
  return { id, fields: Object.fromEntries(known) };
}

/** A comma-separated file with a header; compressed or not. Spaces around a field and quotes do not count. */
function readTable(name: string): Row[] {
  const path = join(folder, name);
  const text = existsSync(path)
    ? readFileSync(path, 'utf8')
    : gunzipSync(readFileSync(`${path}.gz`)).toString('utf8');
  const [header = [], ...rows] = records(text);
  return rows.map((fields) =>
    Object.fromEntries(header.map((column, place) => [column, fields[place] ?? ''])),
  );
}

const FIELD = /[^\S\n]*(?:"((?:[^"]|"")*)"|([^,\n]*))[^\S\n]*(,|\r?\n|$)/gy;

function records(text: string): string[][] {
  const all: string[][] = [];
  let record: string[] = [];
  for (const [, quoted, bare, end] of text.trimEnd().matchAll(FIELD)) {
    record.push((quoted?.replaceAll('""', '"') ?? bare ?? '').trim());
    if (end === ',') continue;
    all.push(record);
    record = [];
    if (end === '') break;
  }
  return all;
}
