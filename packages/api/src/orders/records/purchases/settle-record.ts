import { calculateReceipt, earnPoints, keptPromotions, type DraftShopper } from '@clientele/shared/receipt';
import { versionAt, type ProgramRecord } from '../../../loyalty/index.ts';
import type { FrozenTerms } from '../../order/order.entity.ts';
import { frozenTerms, lineRows, sumColumns, type Settled } from '../../posting/order-rows.ts';
import { withProducts } from '../../quote/basket.ts';
import type { Known, KnownOrder } from './known-orders.ts';
import type { RecordedOrder } from './recorded-order.ts';

/** A recorded purchase as it is stored: discounts are facts, nothing is redeemed. */
export interface SettledRecord {
  readonly sums: Record<string, unknown>;
  readonly terms: FrozenTerms | null;
  readonly lines: Record<string, unknown>[];
  /** Why it earns nothing, where the rules did not decide it. */
  readonly reason: string | null;
  /** Goods the catalogue does not know. */
  readonly unknownSkus: readonly string[];
}

/**
 * What a recorded purchase earns, by the program version that was valid when it happened.
 * @param program of the store's brand
 * @param limitsUsed points granted before in the windows of limits, by limit code
 */
export function settleRecord(
  record: RecordedOrder,
  program: ProgramRecord | null,
  known: Known,
  profileId: string | null,
  limitsUsed: Readonly<Record<string, number>>,
): SettledRecord {
  const { store, moment } = record;
  const version = program === null ? null : versionAt(program, moment.occurredAt);
  const products = record.lines.flatMap(({ sku }) => known.products.get(sku) ?? []);
  const shopper = profileId === null ? null : earningShopper(known, program, profileId);
  const quote = calculateReceipt({
    currency: store.currency,
    lines: withProducts(record.lines, products, store.currency),
    settings: version?.settings ?? null,
    mode: program === null || program.mode === 'OFF' ? 'OFF' : 'EARN_ONLY',
    shopper,
    spend: { kind: 'NONE' },
    occurredAt: moment.occurredAt.getTime(),
    limitsUsed,
  });
  const settled: Settled = { quote, program, version, shopper, limitsUsed };
  const reason = program !== null && version === null ? 'NO_VERSION' : quote.earning.reason;
  return {
    sums: sumColumns(settled),
    terms: termsOf(settled, reason),
    lines: lineRows(
      quote,
      new Map(record.lines.map((line) => [line.number, line.name])),
      version?.settings ?? null,
    ),
    reason,
    unknownSkus: record.lines.map(({ sku }) => sku).filter((sku) => !known.products.has(sku)),
  };
}

/** Tier and tags are those of today: what they were then is not kept. A verification is no matter of history. */
export function earningShopper(
  known: Pick<Known, 'shoppers'>,
  program: ProgramRecord | null,
  profileId: string,
): DraftShopper {
  const facts = known.shoppers.get(profileId);
  const account = program === null ? undefined : facts?.accounts[program.id];
  return {
    known: true,
    verified: true,
    blocked: account !== undefined && account.status !== 'ACTIVE',
    available: 0,
    tierCode: account?.tierCode ?? undefined,
    tags: facts?.tags ?? [],
  };
}

function termsOf(settled: Settled, reason: string | null): FrozenTerms | null {
  const terms = frozenTerms(settled) ?? (settled.program && withoutVersion(settled.program));
  return terms !== null && reason !== null ? { ...terms, reason } : terms;
}

function withoutVersion({ timezone }: ProgramRecord): FrozenTerms {
  return {
    freezeDays: 0,
    ttlDays: null,
    timezone,
    tierCode: null,
    shopperTags: [],
    limitsUsed: {},
    rules: [],
  };
}

/** What an order nobody known made earns for somebody who is known later: on what was not returned. */
export interface LateEarning {
  readonly planned: number;
  readonly terms: FrozenTerms | null;
  readonly shares: readonly {
    readonly number: number;
    readonly earnBase: number;
    readonly earnShare: number;
  }[];
}

/** By the order's own version and time, as for a shopper attached at a till. */
export function earnLate(
  order: KnownOrder,
  program: ProgramRecord | null,
  shopper: DraftShopper,
  limitsUsed: Readonly<Record<string, number>>,
): LateEarning {
  const settings = program?.versions.find(({ id }) => id === order.versionId)?.settings;
  const earns =
    settings !== undefined && program?.mode !== 'OFF' && order.state !== 'CANCELLED' && !shopper.blocked;
  const kept = order.lines.map((line) => ({
    ...line.goods,
    number: line.number,
    sku: line.sku,
    quantityMilli: line.quantityMilli - line.returnedMilli,
    // Points were never spent on an order of nobody known.
    earnBase: earns && line.earnable ? Math.max(0, line.toPay - line.backMinor) : 0,
  }));
  const { currency, terms } = order;
  const occurredAt = Date.parse(order.occurredAt);
  const promotions = keptPromotions(terms?.promotions ?? [], kept);
  const earned =
    settings && earnPoints({ currency, settings, shopper, occurredAt, limitsUsed, promotions }, kept);
  return {
    planned: earned?.points ?? 0,
    terms: terms && {
      ...terms,
      tierCode: shopper.tierCode ?? null,
      shopperTags: [...(shopper.tags ?? [])],
      limitsUsed: { ...limitsUsed },
      rules: [...(earned?.rules ?? [])],
      ...(shopper.blocked ? { reason: 'ACCOUNT_BLOCKED' } : {}),
    },
    shares: kept.map(({ number, earnBase }) => ({
      number,
      earnBase,
      earnShare: (earned?.earns.get(number) ?? []).reduce((sum, { points }) => sum + points, 0),
    })),
  };
}
