import type { Scope } from '@clientele/shared/permissions';
import type { Context } from '../../platform/context.ts';

/**
 * Something somebody should look at, on the first page of the admin until it is done. Each room tells its own;
 * `src/attention.ts` lists them.
 */
export interface AttentionSource {
  /** The admin has the words for it: `duplicates.waiting`. */
  code: string;
  /** Who is told. */
  scope: Scope;
  /** BAD: something does not work. WARN: it will not, or people wait. INFO: work to do. */
  severity: 'BAD' | 'WARN' | 'INFO';
  /** A path of the admin; null: there is no page for it. */
  link: string | null;
  /** 0: nothing to tell. Cheap: it is asked at every look at the first page. */
  count(ctx: Context): Promise<number>;
}

export interface AttentionItem {
  code: string;
  severity: AttentionSource['severity'];
  link: string | null;
  count: number;
}

const RANK = { BAD: 0, WARN: 1, INFO: 2 } as const;

/** What the caller should look at, the worst first. */
export async function readAttention(
  ctx: Context,
  sources: readonly AttentionSource[],
): Promise<AttentionItem[]> {
  const own = sources.filter(({ scope }) => ctx.actor.scopes.has(scope));
  const items = await Promise.all(
    own.map(async ({ code, severity, link, count }) => ({ code, severity, link, count: await count(ctx) })),
  );
  return items
    .filter(({ count }) => count > 0)
    .toSorted((one, other) => RANK[one.severity] - RANK[other.severity]);
}
