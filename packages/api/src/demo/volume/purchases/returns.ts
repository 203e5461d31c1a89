import type { Random } from '../../random.ts';
import { copyTime } from '../bulk/row-text.ts';
import type { TimeOrderedIds } from '../bulk/time-ordered-ids.ts';
import { SOURCE, type Sale } from './sale.ts';

/** Rows of what came back, by table. */
export interface ReturnRows {
  readonly order_return: readonly string[];
  readonly return_line: readonly string[];
  readonly return_key: readonly string[];
}

export interface Back {
  readonly state: 'RETURNED' | 'PARTIALLY_RETURNED';
  /** Of each line, in thousandths. */
  readonly returned: readonly number[];
  /** Minor units. */
  readonly moneyBack: number;
  readonly rows: ReturnRows;
}

const DAY = 86_400_000;
const WITHIN_DAYS = 14;
const WHOLE = 0.5;

/** Within two weeks, the whole purchase or one line of it; null where that would be in the future. */
export function returnOf(random: Random, ids: TimeOrderedIds, sale: Sale, now: number): Back | null {
  const at = sale.at + Math.floor((random.next() * WITHIN_DAYS * DAY) / 1_000) * 1_000 + 60_000;
  if (at >= now) return null;
  const only = random.chance(WHOLE) ? null : random.between(0, sale.lines.length - 1);
  const returned = sale.lines.map(({ quantity }, position) =>
    only === null || position === only ? quantity * 1_000 : 0,
  );
  const id = ids.next(at);
  const parts = sale.lines.flatMap((line, position) =>
    returned[position] === 0 ? [] : [{ line, number: position + 1, money: line.gross - line.discount }],
  );
  const moneyBack = parts.reduce((sum, { money }) => sum + money, 0);
  const externalId = `R${sale.externalId}`;
  const time = copyTime(at);
  return {
    state: returned.includes(0) ? 'PARTIALLY_RETURNED' : 'RETURNED',
    returned,
    moneyBack,
    rows: {
      order_return: [
        `${sale.profileId}\t${id}\t${sale.id}\t${SOURCE}\t${externalId}\t${sale.store.id}\t${sale.store.currency}\t${time}\t${time}\t${moneyBack}\n`,
      ],
      return_line: parts.map(
        ({ line, number, money }, position) =>
          `${sale.profileId}\t${id}\t${position + 1}\t${number}\t${line.shelf.product.sku}\t${line.quantity * 1_000}\t${money}\t0\t[{"quantityMilli":${
            line.quantity * 1_000
          },"unitPrice":${Math.round(money / line.quantity)},"amount":${money}}]\n`,
      ),
      return_key: [`${SOURCE}\t${externalId}\t${sale.profileId}\t${id}\t${externalId}\n`],
    },
  };
}
