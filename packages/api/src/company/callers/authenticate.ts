import { sql } from 'kysely';
import type { Actor, Context } from '../../platform/context.ts';
import type { Database } from '../../platform/database/database.ts';
import { RequestError } from '../../platform/errors.ts';
import type { ActorTill } from './actor.ts';
import { anonymousActor, keyActor, tillActor } from './make-actor.ts';
import { CASHIER_SCOPES, KEY_SCOPES, KIOSK_SCOPES, TILL_SCOPES } from './scopes.ts';
import { hashToken, tokenKind, type TokenKind } from './tokens.ts';

/** What a request tells of its sender. */
export interface Caller {
  /** `Bearer …`, of the header or of a socket's connection parameters. */
  authorization: string | undefined;
  address: string;
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
 * Who calls. Without a token somebody anonymous; a till, kiosk, cashier session or key by one statement, remembered
 * for two seconds.
 * @throws RequestError UNAUTHENTICATED for a token that is not, or no longer, valid
 */
export async function authenticate(ctx: AuthContext, caller: Caller): Promise<Actor> {
  if (caller.authorization === undefined || caller.authorization === '')
    return anonymousActor(caller.address);
  const token = /^Bearer +(\S+) *$/i.exec(caller.authorization)?.[1] ?? '';
  const kind = tokenKind(token);
  const actor = kind === null ? null : await recall(ctx, kind, hashToken(token));
  if (actor === null) throw new RequestError('UNAUTHENTICATED', 'This token is not valid, or no longer.');
  return { ...actor, address: caller.address };
}

function recall(ctx: AuthContext, kind: TokenKind, hash: string): Promise<Actor | null> {
  const now = ctx.clock.now().getTime();
  const known = memoryOf(ctx.database);
  const entry = known.get(hash);
  if (entry !== undefined && entry.until > now) return entry.actor;
  if (known.size >= REMEMBERED_AT_MOST) known.clear();
  const actor = LOOK_UP[kind](ctx, hash);
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

const LOOK_UP: Record<TokenKind, (ctx: AuthContext, hash: string) => Promise<Actor | null>> = {
  till: tillByToken,
  cashier: cashierByToken,
  key: keyByToken,
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

async function tillByToken({ sql: db }: AuthContext, hash: string): Promise<Actor | null> {
  const till: ActorTill | undefined = await db
    .selectFrom('till')
    .innerJoin('store', 'store.id', 'till.store_id')
    .select(TILL_COLUMNS)
    .where('till.token_hash', '=', hash)
    .where('till.revoked_at', 'is', null)
    .executeTakeFirst();
  if (till === undefined) return null;
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
    .select([...TILL_COLUMNS, 'session.staff_id as cashierId'])
    .where('session.token_hash', '=', hash)
    .where('session.ended_at', 'is', null)
    .where('session.expires_at', '>', clock.now())
    .where('till.revoked_at', 'is', null)
    .where('staff.status', '=', 'ACTIVE')
    .executeTakeFirst();
  if (session === undefined) return null;
  const { cashierId, ...till } = session;
  return tillActor(till, { kind: 'CASHIER', scopes: CASHIER_SCOPES, cashierId });
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
