import * as fc from 'fast-check';
import type { ManualClock } from '../../platform/clock.ts';
import type { Context } from '../../platform/context.ts';
import { DomainError } from '../../platform/errors.ts';
import { globalId } from '../../platform/graphql/global-id.ts';
import { newId } from '../../platform/ids.ts';
import { recordEvents } from '../../activity/index.ts';
import { merge, undo } from '../merges.builders.ts';
import { aDraft, aLine, aVisit, atTill, sold } from '../orders.builders.ts';
import { aRecord, aReturnRecord, record, recordBack } from '../records.builders.ts';
import { broughtBack } from '../returns.builders.ts';
import { survivor } from './play.ts';
import { SKUS, type World } from './world.ts';

/** Something a till, a shop on the web or staff do by the company's own use cases; `hours` pass before it. */
export type Deed = { hours: number; who: number; sku: string } & (
  | { kind: 'SELL' }
  /** Told `late` hours after it was; a second time nothing comes of it. */
  | { kind: 'RECORD'; late: number; pieces: number; twice: boolean }
  | { kind: 'TAKE_BACK'; order: number }
  | { kind: 'RECORD_BACK'; order: number }
  | { kind: 'SEE'; late: number }
  | { kind: 'MERGE'; into: number }
  | { kind: 'UNDO'; merge: number }
);

export interface Life {
  readonly people: readonly string[];
  readonly orders: { source: string; externalId: string; sku: string }[];
  readonly merges: string[];
}

const late = fc.constantFrom(0, 1, 24 * 30 - 1, 24 * 30, 24 * 91, 24 * 400);

export function aDeed(): fc.Arbitrary<Deed> {
  const any = {
    hours: fc.constantFrom(0, 1, 24, 24 * 15),
    who: fc.nat({ max: 2 }),
    sku: fc.constantFrom(...SKUS),
  };
  const of = <Kind extends Deed['kind'], More extends object>(kind: Kind, more: More) =>
    fc.record({ kind: fc.constant(kind), ...any, ...more }) as unknown as fc.Arbitrary<Deed>;
  return fc.oneof(
    { weight: 3, arbitrary: of('SELL', {}) },
    {
      weight: 4,
      arbitrary: of('RECORD', { late, pieces: fc.constantFrom(1, 2, 3), twice: fc.boolean() }),
    },
    { weight: 2, arbitrary: of('TAKE_BACK', { order: fc.nat({ max: 4 }) }) },
    { weight: 2, arbitrary: of('RECORD_BACK', { order: fc.nat({ max: 4 }) }) },
    { weight: 2, arbitrary: of('SEE', { late }) },
    { weight: 1, arbitrary: of('MERGE', { into: fc.nat({ max: 2 }) }) },
    { weight: 1, arbitrary: of('UNDO', { merge: fc.nat({ max: 1 }) }) },
  );
}

/** What the company refuses does not happen. */
export async function doDeed(
  ctx: Context & { clock: ManualClock },
  world: World,
  life: Life,
  deed: Deed,
): Promise<void> {
  ctx.clock.advance(deed.hours * 3_600_000);
  try {
    await DEEDS[deed.kind](ctx, world, life, deed as never);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
  }
}

type Doing<Kind extends Deed['kind']> = (
  ctx: Context,
  world: World,
  life: Life,
  deed: Extract<Deed, { kind: Kind }>,
) => Promise<void>;

const DEEDS: { readonly [Kind in Deed['kind']]: Doing<Kind> } = {
  SELL: async (ctx, world, life, { who, sku }) => {
    const till = await atTill(ctx, world.shop);
    const visitId = await aVisit(till, await survivor(ctx, life.people[who] ?? ''));
    const { externalId } = await sold(till, aDraft({ shopper: { visitId }, lines: [aLine({ sku })] }));
    life.orders.push({ source: till.actor.client, externalId, sku });
  },
  RECORD: async (ctx, world, life, { who, sku, late: hours, pieces, twice }) => {
    const source = `web-${world.shop.storeCode}`;
    const order = aRecord(world.shop, {
      externalId: newId(),
      occurredAt: before(ctx, hours),
      profile: { id: globalId('Profile', life.people[who] ?? '') },
      lines: [
        { sku, quantity: String(pieces), unitPrice: '1000.00' },
        { sku: 'BOOT', quantity: '1', unitPrice: '99.00' },
      ],
    });
    await record(ctx, source, order);
    if (twice) await record(ctx, source, order);
    life.orders.push({ source, externalId: order.externalId, sku });
  },
  TAKE_BACK: async (ctx, world, life, { order }) => {
    const sale = life.orders[order];
    if (sale === undefined || !sale.source.startsWith('till:')) return;
    await broughtBack(await atTill(ctx, world.shop), sale.externalId);
  },
  RECORD_BACK: async (ctx, _world, life, { order }) => {
    const sale = life.orders[order];
    if (sale === undefined || sale.source.startsWith('till:')) return;
    const returned = aReturnRecord({
      order: { external: { id: sale.externalId } },
      occurredAt: ctx.clock.now(),
      lines: [{ sku: sale.sku, quantity: '1' }],
    });
    await recordBack(ctx, sale.source, returned);
  },
  SEE: async (ctx, _world, life, { who, sku, late: hours }) => {
    await recordEvents(ctx, {
      source: 'site',
      events: [
        {
          id: newId(),
          kind: 'VIEW_PRODUCT',
          occurredAt: before(ctx, hours),
          profile: { id: globalId('Profile', life.people[who] ?? '') },
          properties: { sku },
        },
      ],
    });
  },
  MERGE: async (ctx, _world, life, { who, into }) => {
    const [one, other] = [
      await survivor(ctx, life.people[into] ?? ''),
      await survivor(ctx, life.people[who] ?? ''),
    ];
    if (one !== other) life.merges.push((await merge(ctx, one, other)).mergeId);
  },
  UNDO: async (ctx, _world, life, { merge: place }) => {
    const id = life.merges[place];
    if (id !== undefined) await undo(ctx, id, { whatRemains: true });
  },
};

function before(ctx: Context, hours: number): Date {
  return new Date(ctx.clock.now().getTime() - hours * 3_600_000);
}
