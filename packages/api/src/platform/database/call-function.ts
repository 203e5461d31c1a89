import { sql } from 'kysely';
import pg from 'pg';
import { RequestError } from '../errors.ts';
import type { Sql } from './database.ts';

/** A refusal raised inside a SQL function (`refuse.sql`): its name and facts. */
export class RefusedInSql extends Error {
  readonly code: string;
  readonly facts: Record<string, unknown>;

  constructor(code: string, facts: Record<string, unknown>) {
    super(code);
    this.code = code;
    this.facts = facts;
  }
}

/**
 * Calls a posting function `public.<name>(jsonb) returns jsonb` in one round trip, bound to the transaction of `db`
 * if there is one, else atomic by itself.
 * @throws RefusedInSql @throws RequestError BUSY when a lock was not to be had in time
 */
export async function callFunction<Reply>(db: Sql, name: string, payload: object): Promise<Reply> {
  const { rows } = await sql<{
    reply: Reply;
  }>`select ${sql.id('public', name)}(${JSON.stringify(payload)}::jsonb) as reply`
    .execute(db)
    .catch((error: unknown) => {
      throw translateDatabaseError(error);
    });
  const [row] = rows;
  if (row === undefined) throw new Error(`${name} returned nothing`);
  return row.reply;
}

const LOCK_NOT_AVAILABLE = '55P03';
const DEADLOCK = '40P01';
const SERIALIZATION_FAILURE = '40001';
const DISK_FULL = '53100';
/** NUL, and halves of a sign: no text of the database holds them. */
const UNSTORABLE = new Set(['22021', '22P05']);
const INVALID_TEXT = '22P02';
const SHUTTING_DOWN = new Set(['57P01', '57P02', '57P03', '08006', '08003', '08001']);

/** Says what a database error means for the caller; anything unknown stays as it is: a bug. */
export function translateDatabaseError(error: unknown): unknown {
  if (isConnectionLoss(error))
    return new RequestError('UNAVAILABLE', 'The database cannot be reached right now.', 1_000);
  if (!(error instanceof pg.DatabaseError)) return error;
  if (error.code === 'RFUSE')
    return new RefusedInSql(error.message, JSON.parse(error.detail ?? '{}') as Record<string, unknown>);
  if (error.code === LOCK_NOT_AVAILABLE || error.code === DEADLOCK || error.code === SERIALIZATION_FAILURE) {
    return new RequestError('BUSY', 'Somebody else is working on the same account; try again.', 300);
  }
  if (error.code === DISK_FULL)
    return new RequestError('UNAVAILABLE', 'The server cannot store anything right now.', 30_000);
  if (UNSTORABLE.has(error.code ?? '') || (error.code === INVALID_TEXT && error.message.endsWith(' json')))
    return new RequestError('BAD_REQUEST', 'A text holds characters that are none.');
  if (SHUTTING_DOWN.has(error.code ?? ''))
    return new RequestError('UNAVAILABLE', 'The database is restarting.', 1_000);
  return error;
}

function isConnectionLoss(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = (error as NodeJS.ErrnoException).code;
  return (
    code === 'ECONNREFUSED' ||
    code === 'ECONNRESET' ||
    code === 'EPIPE' ||
    /^(Connection terminated|timeout exceeded when trying to connect)/.test(error.message)
  );
}
