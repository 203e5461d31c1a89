import { sql } from 'kysely';
import { demandScope } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { InvalidInput, RequestError } from '../../platform/errors.ts';
import { lastConsents, type LastConsent } from '../consents/record-consents.ts';
import { judgeTwo } from '../duplicates/check-profiles.ts';
import type { Evidence } from '../duplicates/matching/match-model.ts';
import { findCustomer } from '../customers/find-customer.ts';
import type { ShopperRows } from '../shopper-rows.ts';
import { pairFields, type FieldPair } from './join-persons.ts';
import { readTwo } from './lock-two.ts';

export interface MergePreview {
  survivorId: string;
  otherId: string;
  survivorVersion: number;
  otherVersion: number;
  fields: FieldPair[];
  /** Of both. */
  tags: string[];
  /** Rows of each table that moves. */
  counts: { what: string; survivor: number; other: number }[];
  consents: (LastConsent & { from: 'SURVIVOR' | 'OTHER'; disagree: boolean })[];
  probability: number | null;
  evidence: Evidence[];
}

/**
 * What a merge would make of two people; writes nothing.
 * @throws RequestError BAD_REQUEST where one of them is nobody, or they are one already
 */
export async function previewMerge(
  ctx: Context,
  registry: readonly ShopperRows[],
  { survivorId: survivor, otherId: other }: { survivorId: string; otherId: string },
): Promise<MergePreview> {
  demandScope(ctx, 'profiles.merge');
  const survivorId = await findCustomer(ctx, survivor, 'survivorId').catch(asBadRequest);
  const otherId = await findCustomer(ctx, other, 'otherId').catch(asBadRequest);
  if (survivorId === otherId) throw new RequestError('BAD_REQUEST', 'These are one person already.');
  const [own, theirs] = await readTwo(ctx, survivorId, otherId);
  if (!own || !theirs) throw new RequestError('BAD_REQUEST', 'One of these profiles is nobody any more.');
  const judged = await judgeTwo(ctx, survivorId, otherId);
  return {
    survivorId,
    otherId,
    survivorVersion: own.version,
    otherVersion: theirs.version,
    fields: pairFields(own, theirs),
    tags: [...new Set([...own.tags, ...theirs.tags])],
    counts: await countRows(ctx, registry, survivorId, otherId),
    consents: joinConsents(await lastConsents(ctx, [survivorId, otherId]), survivorId),
    probability: judged?.probability ?? null,
    evidence: judged?.evidence ?? [],
  };
}

/** A query has no union to refuse in. */
function asBadRequest(error: unknown): never {
  if (error instanceof InvalidInput) throw new RequestError('BAD_REQUEST', error.message);
  throw error;
}

/** One statement for all tables. */
async function countRows(
  ctx: Context,
  registry: readonly ShopperRows[],
  survivorId: string,
  otherId: string,
): Promise<MergePreview['counts']> {
  const counted = registry.filter(({ atMerge, move }) => atMerge === 'MOVE' && move === undefined);
  const parts = counted.map(
    ({
      table,
    }) => sql`select ${table} as what, count(*) filter (where profile_id = ${survivorId}) as survivor,
      count(*) filter (where profile_id = ${otherId}) as other
      from ${sql.table(`public.${table}`)} where profile_id in (${survivorId}, ${otherId})`,
  );
  const { rows } = await sql<MergePreview['counts'][number]>`${sql.join(parts, sql` union all `)}`.execute(
    ctx.sql,
  );
  return rows;
}

/** The newest answer in each place, and whether the other one said something else. */
function joinConsents(last: readonly LastConsent[], survivorId: string): MergePreview['consents'] {
  const places = new Map<string, LastConsent[]>();
  for (const consent of last) {
    const place = [consent.brandId, consent.purpose, consent.channel, consent.topic].join(' ');
    places.set(place, [...(places.get(place) ?? []), consent]);
  }
  return [...places.values()].flatMap((answers) => {
    const [newest] = answers.toSorted((a, b) => b.givenAt.getTime() - a.givenAt.getTime());
    if (newest === undefined) return [];
    const disagree = answers.some(({ granted }) => granted !== newest.granted);
    return [{ ...newest, disagree, from: newest.profileId === survivorId ? 'SURVIVOR' : 'OTHER' }];
  });
}
