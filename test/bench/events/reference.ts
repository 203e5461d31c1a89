import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { SentEvent } from './generate-events.ts';

/**
 * The same rows by hand: ready for COPY, whose they are known before, into one table with the same key and index and
 * a table of ids. Nothing is parsed or judged, no months, no visitors, no counts.
 */
const TABLES = `
  create unlogged table if not exists bench_staging (
    profile_id uuid, id uuid, occurred_at timestamptz, kind text, external_id text, properties jsonb);
  create table if not exists bench_event (
    profile_id uuid, occurred_at timestamptz, id uuid, kind text, source text, external_id text, properties jsonb,
    recorded_at timestamptz, primary key (profile_id, occurred_at, id));
  create index if not exists bench_event_recorded on bench_event (recorded_at, occurred_at, id);
  create table if not exists bench_event_key (id uuid primary key)`;

const STORE = `
  with claimed as (
    insert into bench_event_key select id from bench_staging order by id on conflict do nothing returning id
  )
  insert into bench_event
  select profile_id, occurred_at, id, kind, 'bench', external_id, properties, now()
  from bench_staging join claimed using (id)`;

/** @returns events a second, of COPY and storing together */
export async function referenceRate(url: string, events: readonly SentEvent[]): Promise<number> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(TABLES);
    await client.query('truncate bench_staging');
    const lines = events.map(
      ({ id, kind, occurredAt, deviceId, properties }) =>
        `${uuidOf(deviceId)}\t${id}\t${occurredAt}\t${kind}\t${id}\t${JSON.stringify(properties)}\n`,
    );
    const began = performance.now();
    await pipeline(Readable.from(chunks(lines)), client.query(copyFrom('copy bench_staging from stdin')));
    await client.query(STORE);
    return (events.length * 1_000) / (performance.now() - began);
  } finally {
    await client.end();
  }
}

function uuidOf(deviceId: string): string {
  return `00000000-0000-7000-8000-${deviceId.replace('device-', '').padStart(12, '0')}`;
}

function* chunks(lines: readonly string[]): Generator<string> {
  for (let from = 0; from < lines.length; from += 500) yield lines.slice(from, from + 500).join('');
}
