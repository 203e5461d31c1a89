import { SEGMENT_LEAVES } from '@clientele/api/src/segment-leaves.ts';
import { chainSegments, type NumberedSegment } from '@clientele/api/src/demo/volume/segments/index.ts';
import { POOLS } from '@clientele/api/src/demo/volume/codes/define-pools.ts';
import { registerLeaves } from '@clientele/api/src/segments/index.ts';
import type { Context } from '@clientele/api/src/platform/context.ts';
import { openCompany } from '../harness/company.ts';
import { query } from '../harness/server.ts';

/** A large company and the segments a chain keeps. */
export interface Chain {
  readonly ctx: Context;
  readonly url: string;
  readonly appSecret: string;
  readonly people: number;
  readonly segments: readonly NumberedSegment[];
  close(): Promise<void>;
}

/** Scores of the model, as a chain sets them by hand: the same on every machine. */
export const MODEL = {
  id: '01980000-0000-7000-8000-0000000000ff',
  window: { kind: 'ROLLING', days: 730 },
  currency: 'RUB',
  bounds: {
    recency: [30, 90, 180, 365],
    frequency: [2, 4, 7, 12],
    monetary: [500_000, 2_000_000, 6_000_000, 15_000_000],
  },
} as const;

/** Opens a company made by `demo --profiles` and gives it the segments, waiting to be computed. */
export async function openChain({ url, appSecret }: { url: string; appSecret: string }): Promise<Chain> {
  const { ctx, close } = await openCompany(url);
  registerLeaves(ctx.database, SEGMENT_LEAVES);
  await saveModel(url);
  const segments = chainSegments({ pools: await poolsOf(ctx), model: MODEL.id });
  await keepAnew(url, segments);
  const [counted] = await query<{ people: number }>(
    url,
    `select count(*)::int as people from profile
     where kind = 'PERSON' and merged_into is null and erased_at is null`,
  );
  return { ctx, url, appSecret, close, segments, people: counted?.people ?? 0 };
}

async function poolsOf(ctx: Context): Promise<string[]> {
  const rows = await ctx.sql.selectFrom('promo_code_pool').select(['id', 'name']).execute();
  return POOLS.map(([name]) => {
    const pool = rows.find((row) => row.name === name);
    if (pool === undefined) throw new Error(`the company has no codes "${name}"`);
    return pool.id;
  });
}

async function saveModel(url: string): Promise<void> {
  const { id, window, currency, bounds } = MODEL;
  await query(
    url,
    `insert into rfm_model (id, name, method, "window", currency, thresholds, scale, version, created_at, updated_at)
     values ($1, 'Сеть', 'THRESHOLDS', $2, $3, $4, $5, 1, now(), now()) on conflict (id) do nothing`,
    [
      id,
      JSON.stringify(window),
      currency,
      JSON.stringify(bounds),
      JSON.stringify({ window, currency, bounds }),
    ],
  );
}

/** Membership of an earlier run goes; the segments wait to be computed. */
export async function keepAnew(url: string, segments: readonly NumberedSegment[]): Promise<void> {
  await query(
    url,
    'truncate segment, profile_segment, segment_transition, segment_size, segment_dirty restart identity',
  );
  await query(
    url,
    `insert into segment (id, ordinal, number, name, condition, state, created_at, updated_at)
     select id, number, number, name, condition, 'COMPUTING', now(), now()
     from jsonb_to_recordset($1) as given (id uuid, number integer, name text, condition jsonb)`,
    [JSON.stringify(segments)],
  );
  await query(url, `select setval('segment_numbers', $1), setval('segment_ordinals', $1)`, [segments.length]);
}
