import { countLookUp, parseProfileRef, resolveProfile, type ProfileRefInput } from '../../profiles/index.ts';
import type { Context } from '../../platform/context.ts';
import { localId } from '../../platform/graphql/global-id.ts';
import { cursorOf, keysOf, pageOf, pageSize, type Page } from '../../platform/graphql/paging.ts';
import { RequestError } from '../../platform/errors.ts';
import { isId } from '../../platform/ids.ts';
import type { OrderState } from './order.entity.ts';
import { recordOf, type OrderRecord } from './read-orders.ts';

/** As GraphQL gives it; `from` inclusive, `to` exclusive. Always within the caller's stores. */
export interface OrderFilter {
  storeCode?: string | null | undefined;
  tillId?: string | null | undefined;
  cashierId?: string | null | undefined;
  profile?: ProfileRefInput | null | undefined;
  states?: readonly OrderState[] | null | undefined;
  channel?: 'STORE' | 'ONLINE' | null | undefined;
  from?: Date | null | undefined;
  to?: Date | null | undefined;
}

export interface PageArgs {
  first?: number | null | undefined;
  after?: string | null | undefined;
}

/** No row has it. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** Orders of the caller's stores, the latest purchase first. @throws InvalidInput for a contact that is none */
export async function listOrders(
  ctx: Context,
  filter: OrderFilter,
  args: PageArgs,
): Promise<Page<OrderRecord>> {
  const profileId = filter.profile ? await whose(ctx, filter.profile) : null;
  let query = select(ctx, profileId);
  if (filter.storeCode) {
    const { storeCode } = filter;
    query = query.where('store_id', 'in', (eb) =>
      eb.selectFrom('store').select('id').where('code', '=', storeCode),
    );
  }
  if (filter.tillId) query = query.where('till_id', '=', localId(filter.tillId, 'Till') ?? NOBODY);
  if (filter.cashierId) query = query.where('cashier_id', '=', localId(filter.cashierId, 'Staff') ?? NOBODY);
  if (filter.channel) query = query.where('channel', '=', filter.channel);
  if (filter.from) query = query.where('occurred_at', '>=', filter.from);
  if (filter.to) query = query.where('occurred_at', '<', filter.to);
  if (filter.states) query = inStates(query, filter.states, ctx.clock.now());
  return page(ctx, query, args);
}

/** A shopper's orders; of a caller bound to stores those of its stores. */
export function ordersOfProfile(ctx: Context, profileId: string, args: PageArgs): Promise<Page<OrderRecord>> {
  return page(ctx, select(ctx, profileId), args);
}

type OrderQuery = ReturnType<typeof select>;

function select(ctx: Context, profileId: string | null) {
  const query = ctx.sql.selectFrom('orders').selectAll();
  const ofShopper = profileId === null ? query : query.where('profile_id', '=', profileId);
  const { storeIds, kind } = ctx.actor;
  if (kind === 'SHOPPER') return ofShopper.where('profile_id', '=', ctx.actor.profileId ?? NOBODY);
  return storeIds === 'ALL' ? ofShopper : ofShopper.where('store_id', 'in', [...storeIds, NOBODY]);
}

/** Begun too long ago is expired, although nobody may have written it yet. */
function inStates(query: OrderQuery, states: readonly OrderState[], now: Date): OrderQuery {
  return query.where((eb) => {
    const live = eb.or([eb('state', '<>', 'BEGUN'), eb('hold_expires_at', '>', now)]);
    const over = eb.and([eb('state', '=', 'BEGUN'), eb('hold_expires_at', '<=', now)]);
    const named = eb.and([eb('state', '=', eb.fn.any(eb.val([...states]))), live]);
    return states.includes('EXPIRED') ? eb.or([named, over]) : named;
  });
}

async function page(ctx: Context, query: OrderQuery, args: PageArgs): Promise<Page<OrderRecord>> {
  const size = pageSize(args.first);
  const after = positionOf(args.after);
  const from =
    after === null
      ? query
      : query.where((eb) => eb(eb.refTuple('occurred_at', 'id'), '<', eb.tuple(...after)));
  const rows = await from
    .orderBy('occurred_at', 'desc')
    .orderBy('id', 'desc')
    .limit(size + 1)
    .execute();
  const records = rows.map((row) => recordOf(ctx, row));
  return pageOf(records, size, after !== null, (order) => cursorOf(order.occurred_at, order.id));
}

function positionOf(cursor: string | null | undefined): [Date, string] | null {
  const keys = keysOf(cursor, 2);
  if (keys === null) return null;
  const [text = '', id = ''] = keys;
  const occurredAt = new Date(text);
  if (Number.isNaN(occurredAt.getTime()) || !isId(id)) {
    throw new RequestError('BAD_REQUEST', 'after is no cursor of this list.');
  }
  return [occurredAt, id];
}

/** Somebody nobody knows has no orders; a till may ask by a contact only so often. @throws RequestError RATE_LIMITED */
async function whose(ctx: Context, ref: ProfileRefInput): Promise<string> {
  const parsed = await parseProfileRef(ctx, ref, 'filter.profile');
  if (parsed.by === 'IDENTITY' && ctx.actor.till !== null) await countLookUp(ctx);
  const profile = await resolveProfile(ctx, parsed);
  return profile?.id ?? NOBODY;
}
