import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

/** What the import is held against, by hand: the same people stored plainly, nothing sealed, judged or told. */
const TABLES = `
  create unlogged table bench_people (
    code text, family text, given text, middle text, phone text, email text, birth text, gender text, city text,
    consent text, card text);
  create table bench_profile (
    id uuid primary key, family text, given text, middle text, birth text, gender text, attributes jsonb);
  create table bench_identity (
    kind text, value text, profile_id uuid not null, primary key (kind, value));
  create table bench_consent (profile_id uuid, id uuid, granted boolean, primary key (profile_id, id))`;

const STORE = `
  with people as materialized (select uuidv7() as id, p.* from bench_people p), keyed as (
    insert into bench_identity
    select kind, value, id from people,
      lateral (values ('EXTERNAL', code), ('PHONE', phone), ('EMAIL', email), ('CARD', card)) as identity (kind, value)
    where value is not null on conflict do nothing returning profile_id
  ), stored as (
    insert into bench_profile
    select id, family, given, middle, birth, gender, jsonb_build_object('city', city) from people
    where id in (select profile_id from keyed) on conflict do nothing returning id
  )
  insert into bench_consent select id, uuidv7(), consent = 'да' from people join stored using (id)`;

/** @returns seconds of COPY into a staging table without a journal, and of COPY and storing together */
export async function timeReference(url: string, csv: string): Promise<{ copy: number; store: number }> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`set work_mem = '64MB'; ${TABLES}`);
    const began = performance.now();
    const copy = client.query(
      copyFrom(`copy bench_people from stdin (format csv, header, delimiter ';', null '')`),
    );
    await pipeline(createReadStream(csv, { highWaterMark: 262_144 }), copy);
    const copied = performance.now();
    await client.query(STORE);
    const stored = performance.now();
    return { copy: (copied - began) / 1000, store: (stored - began) / 1000 };
  } finally {
    await client.end();
  }
}
