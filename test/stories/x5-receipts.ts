import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { newId } from '@clientele/api/src/platform/ids.ts';
import type { Client } from 'pg';

/** A receipt of a real grocery program; points are tenths of what was recorded, which had one decimal. */
export interface Receipt {
  readonly at: string;
  readonly received: number;
  readonly spent: number;
}

export interface Shopper {
  readonly name: string;
  /** In the order of time; the record is not. */
  readonly receipts: readonly Receipt[];
  /** The least balance before the first receipt with which the record is possible. */
  readonly opening: number;
}

interface Recorded {
  client_id: string;
  transaction_history: {
    datetime: string;
    regular_points_received: number;
    express_points_received: number;
    regular_points_spent: number;
    express_points_spent: number;
  }[];
}

/** X5 RetailHero: shoppers with their receipts. @param path of clients.jsonl.gz */
export async function readShoppers(path: string): Promise<Shopper[]> {
  const shoppers: Shopper[] = [];
  for await (const line of createInterface({ input: createReadStream(path).pipe(createGunzip()) })) {
    const { client_id: name, transaction_history: history } = JSON.parse(line) as Recorded;
    const receipts = history
      .map((each) => ({
        at: `${each.datetime}Z`,
        received: tenths(each.regular_points_received) + tenths(each.express_points_received),
        // Recorded as a minus.
        spent: -tenths(each.regular_points_spent) - tenths(each.express_points_spent),
      }))
      .toSorted((a, b) => (a.at < b.at ? -1 : 1));
    shoppers.push({ name, receipts, opening: leastOpening(receipts) });
  }
  return shoppers;
}

function tenths(points: number): number {
  return Math.round(points * 10);
}

function leastOpening(receipts: readonly Receipt[]): number {
  let balance = 0;
  let lowest = 0;
  for (const { received, spent } of receipts) {
    // What a receipt brings cannot pay for it.
    lowest = Math.min(lowest, balance - spent);
    balance += received - spent;
  }
  return -lowest;
}

export interface Account {
  readonly profileId: string;
  readonly programId: string;
}

/** Through the posting functions of the ledger, as a till would have posted it, at the time of the receipt. */
export async function postReceipt(
  client: Client,
  { profileId, programId }: Account,
  { at, received, spent }: Receipt,
): Promise<void> {
  const order = newId();
  await client.query('begin');
  await client.query('select public.loyalty_bring_to_now($1, $2, $3)', [profileId, programId, at]);
  if (spent > 0) {
    await client.query(
      `select public.loyalty_hold($1, $2, $3, $4, $5::timestamptz + interval '30 minutes', $5, 'x5')`,
      [profileId, programId, order, spent, at],
    );
    await client.query(`select public.loyalty_capture($1, $2, $3, 'x5')`, [profileId, order, at]);
  }
  await client.query(
    `select public.loyalty_earn($1, $2, 'ORDER', $3, 'purchase', $4, $5, $5, null, $5, $3, 'x5')`,
    [profileId, programId, order, received, at],
  );
  await client.query('commit');
}

/** What somebody had before the record begins. */
export async function open(client: Client, account: Account, { opening, receipts }: Shopper): Promise<void> {
  const at = receipts[0]?.at;
  if (opening === 0 || at === undefined) return;
  await client.query(
    `select public.loyalty_adjust($1, $2, $3, 'balance before the record', $4, null, false, $4, 'x5')`,
    [account.profileId, account.programId, opening, at],
  );
}

export interface Balance {
  readonly active: number;
  readonly pending: number;
  readonly held: number;
  readonly debt: number;
}

/** Zeros where nothing was ever posted. */
export async function balanceOf(client: Client, { profileId, programId }: Account): Promise<Balance> {
  const { rows } = await client.query<Balance>(
    `select coalesce(sum(active), 0)::integer as active, coalesce(sum(pending), 0)::integer as pending,
       coalesce(sum(held), 0)::integer as held, coalesce(sum(debt), 0)::integer as debt
     from loyalty_account where profile_id = $1 and program_id = $2`,
    [profileId, programId],
  );
  return rows[0] ?? { active: 0, pending: 0, held: 0, debt: 0 };
}
