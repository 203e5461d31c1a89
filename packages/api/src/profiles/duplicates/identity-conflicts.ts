import { readSetting } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import type { EventHandler } from '../../platform/outbox/handlers.ts';
import { mergeTwo } from '../merge/merge-profiles.ts';
import type { ShopperRows } from '../shopper-rows.ts';
import { candidateOf, pairOf } from './candidates.ts';
import { judgeTwo, queue, type JudgedPair } from './check-profiles.ts';
import { DUPLICATE_SETTINGS } from './duplicate-settings.ts';
import type { Evidence } from './matching/match-model.ts';

/** Somebody's word that two people are one is never told as less likely than this. */
const CLAIMED = 0.9;

/**
 * Somebody's word gave identities of several people to one: every two of them are put into the queue. Two with nothing
 * against it, each of whom proved a phone or an e-mail, become one at once, unless the company wants to be asked.
 */
export function noteIdentityConflict(registry: readonly ShopperRows[]): EventHandler {
  return {
    name: 'note-identity-conflict',
    async handle(tx, { payload }) {
      const ids = namesIn(payload['profileIds']);
      const kinds = namesIn(payload['identityKinds']);
      const pairs = ids.flatMap((id, place) => ids.slice(place + 1).map((other) => pairOf(id, other)));
      for (const { lowId, highId } of pairs) await noteClaim(tx, lowId, highId, kinds);
      const [pair] = pairs;
      if (pair && pairs.length === 1 && (await mergesByItself(tx, pair.lowId, pair.highId, kinds)))
        await mergeTwo(tx, registry, {
          // Ids grow with time: the older profile stays.
          survivorId: pair.lowId,
          otherId: pair.highId,
          choices: [],
          survivorVersion: null,
          otherVersion: null,
          automatic: true,
        });
    },
  };
}

function namesIn(value: unknown): string[] {
  return Array.isArray(value) ? [...new Set(value.map(String))] : [];
}

async function noteClaim(tx: Context, a: string, b: string, kinds: readonly string[]): Promise<void> {
  const judged = await judgeTwo(tx, a, b);
  if (judged === null) return;
  const claimed: JudgedPair = { ...judged, probability: Math.max(judged.probability, CLAIMED) };
  await queue(tx, [claimed], kinds);
}

const PROVES = new Set(['PHONE', 'EMAIL']);
const WHO = new Set(['GIVEN_NAME', 'FAMILY_NAME', 'PATRONYMIC', 'BIRTH_DATE']);

/** The written rule (docs/duplicates.md): what is merged without anybody looking. */
async function mergesByItself(tx: Context, a: string, b: string, kinds: readonly string[]): Promise<boolean> {
  const { mergeExact } = await readSetting(tx, DUPLICATE_SETTINGS);
  const known = await candidateOf(tx, a, b);
  if (!mergeExact || known?.state !== 'OPEN' || !kinds.some((kind) => PROVES.has(kind))) return false;
  return !contradicts(known.evidence) && (await provedByBoth(tx, a, b)) && !(await partedBefore(tx, a, b));
}

/** Another name or another birthday: a phone that is handed on, or a family's. */
export function contradicts(evidence: readonly Evidence[]): boolean {
  return evidence.some(
    ({ kind, level }) =>
      WHO.has(kind) && (level === 'DIFFERENT' || (kind === 'BIRTH_DATE' && level !== 'SAME')),
  );
}

async function provedByBoth(tx: Context, a: string, b: string): Promise<boolean> {
  const proved = await tx.sql
    .selectFrom('identity')
    .select('profile_id')
    .distinct()
    .where('profile_id', 'in', [a, b])
    .where('kind', 'in', ['PHONE', 'EMAIL'])
    .where('verified_at', 'is not', null)
    .execute();
  return proved.length === 2;
}

/** Once parted by hand they are never joined without one. */
async function partedBefore(tx: Context, a: string, b: string): Promise<boolean> {
  const parted = await tx.sql
    .selectFrom('profile_merge')
    .select('id')
    .where('profile_id', 'in', [a, b])
    .where('other_id', 'in', [a, b])
    .where('undone_at', 'is not', null)
    .limit(1)
    .executeTakeFirst();
  return parted !== undefined;
}
