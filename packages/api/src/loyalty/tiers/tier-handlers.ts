import type { Context } from '../../platform/context.ts';
import type { DeliveredEvent, EventHandler } from '../../platform/outbox/handlers.ts';
import { allPrograms, findProgram, type ProgramRecord } from '../program/programs.ts';
import { countTiers } from './count-tiers.ts';
import { keepPurchases } from './keep-purchases.ts';
import { givesTierForNothing, hasTiers, ladderAt } from './ladders.ts';
import type { TierChangeReason } from './tier-entry.entity.ts';

/** Events of an order that may change a tier, and why it then does. */
const REASONS: Readonly<Record<string, TierChangeReason>> = {
  'order.committed': 'PURCHASE',
  'order.shopper-attached': 'PURCHASE',
  'order.returned': 'RETURN',
  'order.cancelled': 'RETURN',
};

/** What a purchase or a return makes of its shopper's tier, before the next one is calculated. */
export const purchaseTierHandler: EventHandler = {
  name: 'loyalty-purchase-tier',
  // A purchase by nobody known is nobody's; one that was only begun was none.
  concerns: async (ctx, event) => {
    const { identifiedAt, recorded } = event.payload;
    if (typeof identifiedAt !== 'string' || (event.kind === 'order.cancelled' && recorded !== true))
      return false;
    const program = await programTold(ctx, event);
    return program !== null && hasTiers(program);
  },
  handle: async (tx, event) => {
    const program = await programTold(tx, event);
    if (program === null) return;
    const owners = await keepPurchases(tx, [purchaseTold(event, program)]);
    await countTiers(tx, program, owners, { reason: REASONS[event.kind] ?? 'PURCHASE' });
  },
};

/** Where the lowest level asks for nothing, a new member has it at once. */
export const memberTierHandler: EventHandler = {
  name: 'loyalty-member-tier',
  concerns: async (ctx, { payload }) => (await programsFor(ctx, payload['brandId'])).length > 0,
  handle: async (tx, { profileId, payload }) => {
    for (const program of await programsFor(tx, payload['brandId']))
      await countTiers(tx, program, [profileId], { reason: 'RULES' });
  },
};

/** Programs of the brand (of every one where none is told) that give a tier for nothing. */
async function programsFor(
  ctx: Pick<Context, 'database' | 'clock'>,
  brandId: unknown,
): Promise<ProgramRecord[]> {
  const now = ctx.clock.now();
  return (await allPrograms(ctx)).filter(
    (program) =>
      (typeof brandId !== 'string' || program.brandId === brandId) &&
      givesTierForNothing(ladderAt(program, now)),
  );
}

async function programTold(
  ctx: Pick<Context, 'database' | 'clock'>,
  { payload }: DeliveredEvent,
): Promise<ProgramRecord | null> {
  const { programId } = payload;
  return typeof programId === 'string' ? findProgram(ctx, programId) : null;
}

function purchaseTold({ profileId, payload }: DeliveredEvent, program: ProgramRecord) {
  const cancelled = payload['state'] === 'CANCELLED';
  const number = (name: string): number => Number(payload[name] ?? 0);
  return {
    profileId,
    orderId: String(payload['orderId']),
    programId: program.id,
    occurredAt: new Date(String(payload['purchasedAt'])),
    currency: String(payload['currency']),
    amount: cancelled ? 0 : number('toPay') - number('returnedWorth'),
    points: cancelled ? 0 : number('earned') - number('pointsTakenBack'),
    revision: number('revision'),
  };
}
