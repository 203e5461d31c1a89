import { demandScope } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { invalid } from '../../platform/errors.ts';
import type { ProgramMode } from './programs.ts';

export interface LockedProgram {
  id: string;
  brandId: string;
  name: string;
  mode: ProgramMode;
  liveAt: Date | null;
  timezone: string;
  fiscalMode: 'DISCOUNT' | 'PAYMENT';
  version: number;
}

/** Everything that changes a program waits for each other here. @throws InvalidInput UNKNOWN at programId */
export async function lockProgram(tx: Context, programId: string): Promise<LockedProgram> {
  const program = await tx.sql
    .selectFrom('program')
    .select(['id', 'brand_id as brandId', 'name', 'mode', 'live_at as liveAt', 'timezone'])
    .select(['fiscal_mode as fiscalMode', 'version'])
    .where('id', '=', programId)
    .forUpdate()
    .executeTakeFirst();
  if (program === undefined || !reachesBrand(tx, program.brandId))
    throw invalid('programId', 'UNKNOWN', 'no such program');
  return program;
}

/** The same for somebody who edits it in the office. @throws RequestError FORBIDDEN @throws InvalidInput UNKNOWN */
export async function lockOwnProgram(tx: Context, programId: string): Promise<LockedProgram> {
  demandScope(tx, 'loyalty.write');
  return lockProgram(tx, programId);
}

/** A program belongs to its whole brand: whose role holds in some of its stores does not change it. */
export function reachesBrand({ actor }: Pick<Context, 'actor'>, brandId: string): boolean {
  if (actor.brandId !== null) return actor.brandId === brandId && actor.till === null;
  return actor.storeIds === 'ALL';
}

/** Staff or key; null for what nobody in particular does. */
export function authorOf({ actor }: Pick<Context, 'actor'>): string | null {
  return actor.kind === 'STAFF' || actor.kind === 'KEY' ? actor.id : null;
}
