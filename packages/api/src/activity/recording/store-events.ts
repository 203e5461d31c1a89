import {
  ensurePersons,
  joinDevice,
  PROFILE_ROWS,
  type ProfileRef,
  type ShopperRows,
} from '../../profiles/index.ts';
import type { Context } from '../../platform/context.ts';
import { callFunction } from '../../platform/database/call-function.ts';
import type { Database } from '../../platform/database/database.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { newId } from '../../platform/ids.ts';
import { EVENT_ROWS } from '../moves.ts';
import { ensureQuarters } from './event-quarters.ts';
import {
  isRejected,
  type Device,
  type EventInput,
  type ReadEvent,
  type RejectedEvent,
} from './read-event.ts';
import type { Stored } from './event-batch.ts';
import { watchedAmong } from './watched-kinds.ts';

/** What a visitor may own: rooms above keep nothing for somebody unknown. */
const VISITOR_ROWS: readonly ShopperRows[] = [...PROFILE_ROWS, ...EVENT_ROWS];

export interface StoreEvents {
  readonly source: string;
  readonly events: readonly EventInput[];
  readonly read: readonly (ReadEvent | RejectedEvent)[];
  readonly batchId?: string | undefined;
}

/** One batch, what it names each once. */
interface Batch {
  readonly events: ReadonlyMap<string, ReadEvent>;
  readonly people: ReadonlyMap<string, ProfileRef>;
  readonly devices: ReadonlyMap<string, Device>;
  /** Ids a visitor gets where a device is nobody's. */
  readonly payload: Readonly<Record<string, unknown>>;
}

interface Needs {
  people: string[];
  devices: string[];
  links: { device: string; profileId: string; at: string }[];
}

type Reply =
  | { needs: Needs }
  | { needs?: undefined; created: string[]; unknown: string[]; known: Record<string, string> };

/** Stores what can be stored: one round trip, unless somebody is to be made or joined first. */
export async function storeEvents(ctx: Context, input: StoreEvents): Promise<Stored> {
  const batch = await batchOf(ctx, input);
  await ensureQuarters(
    ctx,
    [...batch.events.values()].map(({ occurredAt }) => occurredAt),
  );
  const sealed = new Set<string>();
  for (;;) {
    const reply = await callFunction<Reply>(ctx.sql, 'record_events', {
      ...batch.payload,
      devices: devicesOf(ctx, batch, sealed),
    });
    if (reply.needs === undefined) return remembered(ctx, batch, reply);
    if (reply.needs.people.length + reply.needs.links.length > 0)
      return remembered(ctx, batch, await settleAndStore(ctx, batch, reply.needs));
    for (const index of reply.needs.devices) sealed.add(index);
  }
}

async function batchOf(ctx: Context, { source, read, batchId, events: inputs }: StoreEvents): Promise<Batch> {
  const events = new Map<string, ReadEvent>();
  const people = new Map<string, ProfileRef>();
  const devices = new Map<string, Device>();
  const rejected = new Map<string, number>();
  for (const [index, event] of read.entries()) {
    if (isRejected(event)) {
      const kind = countedKind(inputs[index]?.kind ?? '', event);
      rejected.set(kind, (rejected.get(kind) ?? 0) + 1);
      continue;
    }
    if (events.has(event.id)) continue;
    events.set(event.id, event);
    if (event.who !== null) people.set(refOf(event.who), event.who);
    if (event.device !== null) devices.set(event.device.blindIndex, event.device);
  }
  const kinds = new Set([...events.values()].map(({ kind }) => kind));
  const payload = {
    now: ctx.clock.now(),
    source,
    batch: batchId ?? null,
    // History that somebody brings is told to nobody: it was thanked for when it happened, or never.
    told: batchId === undefined ? await watchedAmong(ctx, kinds) : [],
    people: [...people].map(([ref, who]) => ({
      ref,
      id: who.by === 'ID' ? who.id : null,
      index: who.by === 'IDENTITY' ? who.blindIndex : null,
      creatable: who.by === 'IDENTITY' && (who.identity.kind === 'PHONE' || who.identity.kind === 'EMAIL'),
    })),
    events: [...events.values()].map((event) => ({
      id: event.id,
      content: event.content,
      at: event.occurredAt,
      kind: event.kind,
      who: event.who && refOf(event.who),
      device: event.device && event.device.blindIndex,
      externalId: event.externalId,
      properties: event.properties,
    })),
    rejected: [...rejected].map(([kind, count]) => ({ kind, count })),
  };
  return { events, people, devices, payload };
}

/** A kind that can be none is counted under the empty one: what comes from outside must not fill the table. */
function countedKind(kind: string, { problems }: RejectedEvent): string {
  return problems.some(({ path }) => path[0] === 'kind') ? '' : kind;
}

function refOf(who: ProfileRef): string {
  return who.by === 'ID' ? (who.id ?? 'nobody') : who.blindIndex;
}

/** Devices that are there, as far as this process knows: sealing them again would cost more than storing their events. */
const seenDevices = new WeakMap<Database, Set<string>>();
const MOST_SEEN = 200_000;

function devicesOf(ctx: Context, { devices }: Batch, sealed: ReadonlySet<string>): object[] {
  const seen = seenDevices.get(ctx.database);
  return [...devices.values()].map(({ identity, blindIndex }) => {
    const { masked, value } = identity;
    if (seen?.has(blindIndex) && !sealed.has(blindIndex)) return { index: blindIndex, masked };
    return {
      index: blindIndex,
      masked,
      sealed: ctx.vault.seal(value),
      profileId: newId(),
      identityId: newId(),
    };
  });
}

function remembered(ctx: Context, { devices }: Batch, reply: Exclude<Reply, { needs: Needs }>): Stored {
  const before = seenDevices.get(ctx.database);
  const seen = before !== undefined && before.size < MOST_SEEN ? before : new Set<string>();
  seenDevices.set(ctx.database, seen);
  for (const index of devices.keys()) seen.add(index);
  return {
    created: new Set(reply.created),
    unknown: new Set(reply.unknown),
    known: new Map(Object.entries(reply.known)),
  };
}

/** Makes persons, gives them their devices, stores: all of it or nothing. */
async function settleAndStore(
  ctx: Context,
  batch: Batch,
  needs: Needs,
): Promise<Exclude<Reply, { needs: Needs }>> {
  return inTransaction(ctx, async (tx) => {
    const refs = needs.people.toSorted().flatMap((ref) => batch.people.get(ref) ?? []);
    await ensurePersons(tx, refs, { preferredStoreId: null });
    // Whom those just made were seen with is known only now.
    const links = needs.people.length === 0 ? needs.links : await linksOf(tx, batch);
    for (const { device, profileId, at } of links) {
      const known = batch.devices.get(device);
      if (known === undefined) continue;
      const seen = { device: known.identity, blindIndex: device, profileId, at: new Date(at) };
      await joinDevice(tx, seen, VISITOR_ROWS);
    }
    const reply = await callFunction<Reply>(tx.sql, 'record_events', {
      ...batch.payload,
      devices: devicesOf(tx, batch, new Set(batch.devices.keys())),
      settled: true,
    });
    if (reply.needs !== undefined) throw new Error('record_events asks for what was done');
    return reply;
  });
}

async function linksOf(tx: Context, batch: Batch): Promise<Needs['links']> {
  const { needs } = await callFunction<{ needs: Needs | null }>(tx.sql, 'events_to_link', {
    ...batch.payload,
    devices: [...batch.devices.keys()].map((index) => ({ index })),
  });
  return needs?.links ?? [];
}
