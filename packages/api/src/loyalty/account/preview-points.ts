import type { Context } from '../../platform/context.ts';
import { readAccounts } from './read-accounts.ts';
import { visiblePrograms } from './visible-accounts.ts';

export interface JoinedPoints {
  programId: string;
  survivor: number;
  other: number;
  joined: number;
  pending: number;
  held: number;
  /** ≥ 0 */
  debt: number;
}

/** What the accounts of two people come to when they are one; only programs where either has something. */
export async function previewPoints(
  ctx: Context,
  survivorId: string,
  otherId: string,
): Promise<JoinedPoints[]> {
  const points: JoinedPoints[] = [];
  for (const program of await visiblePrograms(ctx)) {
    const [own, theirs] = await readAccounts(ctx, program, [survivorId, otherId]);
    if (own === undefined || theirs === undefined) continue;
    const active = own.active + theirs.active;
    const debt = own.debt + theirs.debt;
    const joined = {
      programId: program.id,
      survivor: own.active,
      other: theirs.active,
      joined: Math.max(0, active - debt),
      pending: own.pending + theirs.pending,
      held: own.held + theirs.held,
      debt: Math.max(0, debt - active),
    };
    if (active + joined.pending + joined.held + debt > 0) points.push(joined);
  }
  return points;
}
