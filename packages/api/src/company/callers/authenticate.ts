import { sql } from 'kysely';
import type { Actor, Context } from '../../platform/context.ts';
import type { Database } from '../../platform/database/database.ts';
import { RequestError } from '../../platform/errors.ts';
import type { ActorTill } from './actor.ts';
import { anonymousActor, keyActor, shopperActor, tillActor } from './make-actor.ts';
import { CASHIER_SCOPES, KEY_SCOPES, KIOSK_SCOPES, SHOPPER_SCOPES, TILL_SCOPES } from './scopes.ts';
import { sessionByToken, touchSession } from '../sessions/session-by-token.ts';
import { hashToken, isToken, tokenKind, type TokenKind } from './tokens.ts';

/** What a request tells of its sender. */
export interface Caller {
  /** `Bearer …`, of the header or of a socket's connection parameters. */
  authorization: string | undefined;
  address: string;
  /** Of the page that asks, as its browser tells. */
  origin?: string | undefined;
  /** Token of a browser's session, where our own page sent it. */
  session?: string | undefined;
  /** Only whether it still may: an open connection that nobody used just now keeps no session alive. */
  idle?: boolean;
}

type AuthContext = Pick<Context, 'database' | 'sql' | 'clock'>;

/** A revoked token works at most this long. */
const REMEMBER_MS = 2_000;
const REMEMBERED_AT_MOST = 10_000;

interface Remembered {
  actor: Promise<Actor | null>;
  until: number;
}

const remembered = new WeakMap<Database, Map<string, Remembered>>();

/**
 * Who calls. Without a token or a living session somebody anonymous; a till, kiosk, cashier session, key or member of
 * staff by one statement or two, remembered for two seconds.
 * @throws RequestError UNAUTHENTICATED for a token that is not, or no longer, valid
 */
export async function authenticate(ctx: AuthContext, caller: Caller): Promise<Actor> {
  if (caller.authorization === undefined || caller.authorization === '')
    return (await staffBySession(ctx, caller)) ?? anonymousActor(caller.address);
  const token = /^Bearer +(\S+) *$/i.exec(caller.authorization)?.[1] ?? '';
  const kind = tokenKind(token);
  const actor = kind === null ? null : await recall(ctx, LOOK_UP[kind], hashToken(token));
  // A shopper's token is worth nothing outside the page it was issued for.
  if (actor === null || (actor.origin !== undefined && actor.origin !== caller.origin))
    throw new RequestError('UNAUTHENTICATED', 'This token is not valid, or no longer.');
  return { ...actor, address: caller.address };
}

/** A session that is over is nobody's, so that its browser can sign in again. */
async function staffBySession(ctx: AuthContext, { session, address, idle }: Caller): Promise<Actor | null> {
  if (session === undefined || !isToken(session, 'staff')) return null;
  const hash = hashToken(session);
  const actor = await recall(ctx, sessionByToken, hash);
  if (actor === null) return null;
  if (idle !== true) await touchSession(ctx, actor);
  return { ...actor, address };
}

/** What this process remembers of ended sessions is forgotten at once. */
export function forgetCallers({ database }: Pick<Context, 'database'>, hashes: readonly string[]): void {
  for (const hash of hashes) memoryOf(database).delete(hash);
}

type LookUp = (ctx: AuthContext, hash: string) => Promise<Actor | null>;

function recall(ctx: AuthContext, lookUp: LookUp, hash: string): Promise<Actor | null> {
  const now = ctx.clock.now().getTime();
  const known = memoryOf(ctx.database);
  const entry = known.get(hash);
  if (entry !== undefined && entry.until > now) return entry.actor;
  if (known.size >= REMEMBERED_AT_MOST) known.clear();
  const actor = lookUp(ctx, hash);
  known.set(hash, { actor, until: now + REMEMBER_MS });
  // What is not there, and what failed, is asked for again.
  const forget = () => known.delete(hash);
  actor.then((found) => found ?? forget(), forget);
  return actor;
}

function memoryOf(database: Database): Map<string, Remembered> {
  const known = remembered.get(database) ?? new Map<string, Remembered>();
  remembered.set(database, known);
  return known;
}

const LOOK_UP: Record<TokenKind, LookUp> = {
  till: tillByToken,
  cashier: cashierByToken,
  key: keyByToken,
  shopper: shopperByToken,
};

const TILL_COLUMNS = [
  'till.id',
  'till.name',
  'till.kind',
  'till.source',
  'till.store_id as storeId',
  'store.code as storeCode',
  'store.brand_id as brandId',
  'store.time_zone as timeZone',
  'store.currency',
  'store.country',
  'store.language',
] as const;

async function tillByToken({ sql: db, clock }: AuthContext, hash: string): Promise<Actor | null> {
  const found = await db
    .selectFrom('till')
    .innerJoin('store', 'store.id', 'till.store_id')
    .select([...TILL_COLUMNS, 'till.last_seen_at as lastSeenAt'])
    .where('till.token_hash', '=', hash)
    .where('till.revoked_at', 'is', null)
    .executeTakeFirst();
  if (found === undefined) return null;
  const { lastSeenAt, ...till } = found;
  await noteSeen({ sql: db, clock }, till, lastSeenAt);
  return till.kind === 'KIOSK'
    ? tillActor(till, { kind: 'KIOSK', scopes: KIOSK_SCOPES, cashierId: null })
    : tillActor(till, { kind: 'TILL', scopes: TILL_SCOPES, cashierId: null });
}

async function cashierByToken({ sql: db, clock }: AuthContext, hash: string): Promise<Actor | null> {
  const session = await db
    .selectFrom('cashier_session as session')
    .innerJoin('till', 'till.id', 'session.till_id')
    .innerJoin('store', 'store.id', 'till.store_id')
    .innerJoin('staff', 'staff.id', 'session.staff_id')
    .innerJoin('staff_store', (join) =>
      join
        .onRef('staff_store.staff_id', '=', 'session.staff_id')
        .onRef('staff_store.store_id', '=', 'till.store_id'),
    )
    .select([...TILL_COLUMNS, 'session.staff_id as cashierId', 'till.last_seen_at as lastSeenAt'])
    .where('session.token_hash', '=', hash)
    .where('session.ended_at', 'is', null)
    .where('session.expires_at', '>', clock.now())
    .where('till.revoked_at', 'is', null)
    .where('staff.status', '=', 'ACTIVE')
    .executeTakeFirst();
  if (session === undefined) return null;
  const { cashierId, lastSeenAt, ...till } = session;
  await noteSeen({ sql: db, clock }, till, lastSeenAt);
  return tillActor(till, { kind: 'CASHIER', scopes: CASHIER_SCOPES, cashierId });
}

const SEEN_EVERY_MS = 60_000;

/** When a till last called, to the minute. */
async function noteSeen(
  { sql: db, clock }: Pick<AuthContext, 'sql' | 'clock'>,
  { id }: ActorTill,
  lastSeenAt: Date | null,
): Promise<void> {
  const now = clock.now();
  if (lastSeenAt !== null && now.getTime() - lastSeenAt.getTime() < SEEN_EVERY_MS) return;
  await db.updateTable('till').set({ last_seen_at: now }).where('id', '=', id).execute();
}

/** Notes the use to the minute in the same statement. */
async function keyByToken({ sql: db, clock }: AuthContext, hash: string): Promise<Actor | null> {
  const now = clock.now();
  const { rows } = await sql<{
    id: string;
    scopes: string[];
    storeIds: string[] | null;
    sources: string[] | null;
    brandId: string | null;
  }>`
    with key as (
      select id, scopes, store_ids, sources from api_key
      where token_hash = ${hash} and revoked_at is null and (expires_at is null or expires_at > ${now})
    ), used as (
      update api_key set last_used_at = ${now} from key
      where api_key.id = key.id and (last_used_at is null or last_used_at < ${now}::timestamptz - interval '1 minute')
    )
    select id, scopes, store_ids as "storeIds", sources, (
      select case when count(distinct brand_id) = 1 then min(brand_id::text) end from store where store.id = any(store_ids)
    ) as "brandId" from key`.execute(db);
  const [key] = rows;
  return key === undefined ? null : keyActor({ ...key, scopes: [...key.scopes, ...KEY_SCOPES] });
}

/** A merged shopper's token is the survivor's. */
async function shopperByToken({ sql: db, clock }: AuthContext, hash: string): Promise<Actor | null> {
  const { rows } = await sql<{
    profileId: string;
    origin: string;
    brandId: string | null;
    storeIds: string[] | null;
  }>`
    select coalesce(profile.merged_into, profile.id) as "profileId", token.origin, token.brand_id as "brandId",
      token.store_ids as "storeIds"
    from shopper_token token join profile on profile.id = token.profile_id
    where token.token_hash = ${hash} and token.expires_at > ${clock.now()} and profile.erased_at is null`.execute(
    db,
  );
  const [token] = rows;
  return token === undefined ? null : shopperActor(token, SHOPPER_SCOPES);
}
