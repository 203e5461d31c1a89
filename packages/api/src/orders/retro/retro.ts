import { allocate } from '@clientele/shared/money';
import {
  calculateReceipt,
  type DraftLine,
  type LineKind,
  type ProgramSettings,
} from '@clientele/shared/receipt';
import { expireAt } from '@clientele/shared/time';
import { versionAt, type ProgramRecord, type ProgramVersionRecord } from '../../loyalty/index.ts';
import type { FrozenTerms } from '../order/order.entity.ts';
import { earningShopper } from '../records/purchases/settle-record.ts';
import type { Known } from '../records/purchases/known-orders.ts';
import type { StoredGoods } from '../order/order-line.entity.ts';

export type RetroRunState = 'COUNTING' | 'COUNTED' | 'RUNNING' | 'DONE' | 'UNDOING' | 'UNDONE';

/** Which purchases, and by what rules. Moments as ISO text. */
export interface RetroParameters {
  from: string;
  /** Not included. */
  to: string;
  /** Systems that recorded them; null: any. */
  sources: string[] | null;
  /** null: every store of the program's brand. */
  storeIds: string[] | null;
  /** Points one customer gets at most by the run; null: no limit. */
  capPerCustomer: number | null;
  /** null: the version that was valid when the purchase was made. */
  versionId: string | null;
  /** Days from the granting to activation; null: the version's, from the purchase on, never before the granting. */
  freezeDays: number | null;
}

export interface RetroSample {
  profileId: string;
  orders: number;
  points: number;
  cut: number;
}

/** What a dry run found. */
export interface CountedRun {
  customers: number;
  orders: number;
  points: number;
  /** What the cap would leave ungranted. */
  cut: number;
  /** Customers whom the cap concerns. */
  capped: number;
  /** Customers whose account is blocked: they get nothing. */
  blocked: number;
  /** Purchases looked at that would earn nothing by the rules. */
  nothing: number;
  /** Those who would get most. */
  samples: RetroSample[];
  /** Minor units by currency: what the company would owe more. */
  worth: { currency: string; net: number; gross: number }[];
}

/** A purchase of the past, as `retro_facts` tells it. Money in minor units. */
export interface PastOrder {
  id: string;
  profileId: string;
  occurredAt: string;
  currency: string;
  pointsDiscount: number;
  revision: number;
  lines: PastLine[];
}

export interface PastLine {
  number: number;
  sku: string;
  kind: LineKind;
  /** Before points. */
  net: number;
  toPay: number;
  /** What was paid for the part that came back. */
  back: number;
  /** As the catalogue says today; null: it does not know the goods. */
  earnable: boolean | null;
  goods: StoredGoods;
}

/** What one purchase gets. */
export interface PlannedGrant {
  order: PastOrder;
  versionId: string;
  points: number;
  cut: number;
  terms: FrozenTerms;
  rules: { rule: string; points: number }[];
  shares: Share[];
  activateAt: Date;
  expireAt: Date | null;
}

/** How a line of it earns from now on. */
export interface Share {
  number: number;
  earnable: boolean;
  earnBase: number;
  earnShare: number;
}

export interface RetroRules {
  program: ProgramRecord;
  parameters: RetroParameters;
  now: Date;
}

/**
 * Points of one customer's purchases, each rounded by itself; what the cap cuts is cut from the last ones (loyalty.md
 * E14). Purchases that earn nothing are left out.
 * @param orders oldest first
 * @param before points the customer got by this run already
 */
export function planGrants(
  { program, parameters, now }: RetroRules,
  orders: readonly PastOrder[],
  shoppers: Known['shoppers'],
  before = 0,
): PlannedGrant[] {
  let room = parameters.capPerCustomer === null ? Infinity : Math.max(0, parameters.capPerCustomer - before);
  return orders.flatMap((order) => {
    const version = versionOf(program, parameters, order);
    if (version === null) return [];
    const earned = earningOf(program, version, order, shoppers);
    if (earned === null) return [];
    const points = Math.min(earned.planned, room);
    room -= points;
    return [grantOf(order, version, { ...earned, points }, { parameters, now })];
  });
}

function versionOf(
  program: ProgramRecord,
  { versionId }: RetroParameters,
  { occurredAt }: PastOrder,
): ProgramVersionRecord | null {
  if (versionId === null) return versionAt(program, new Date(occurredAt));
  return program.versions.find(({ id }) => id === versionId) ?? null;
}

interface Earning {
  planned: number;
  terms: FrozenTerms;
  shares: Share[];
}

/**
 * What it would have earned by these rules on what was not returned; null: nothing. Limits over several purchases do not
 * concern the past: the run has a cap of its own.
 */
function earningOf(
  program: ProgramRecord,
  { settings }: ProgramVersionRecord,
  order: PastOrder,
  shoppers: Known['shoppers'],
): Earning | null {
  // On a receipt paid with points such a program gives none.
  if (settings.earnOnPoints === 'NONE' && order.pointsDiscount > 0) return null;
  const shopper = earningShopper({ shoppers }, program, order.profileId);
  const { earning, lines } = calculateReceipt({
    currency: order.currency,
    lines: order.lines.map((line) => keptLine(line, settings)),
    settings,
    mode: 'EARN_ONLY',
    shopper,
    spend: { kind: 'NONE' },
    occurredAt: Date.parse(order.occurredAt),
    limitsUsed: {},
  });
  if (earning.points === 0) return null;
  return {
    planned: earning.points,
    terms: {
      freezeDays: settings.freezeDays,
      ttlDays: settings.ttlDays,
      timezone: settings.timezone,
      tierCode: shopper.tierCode ?? null,
      shopperTags: [...(shopper.tags ?? [])],
      limitsUsed: {},
      rules: earning.rules.map(({ rule, points }) => ({ rule, points })),
    },
    shares: lines.map(({ number, earnable, earnBase, earnShare }) => ({
      number,
      earnable,
      earnBase,
      earnShare,
    })),
  };
}

/** What is left of a line, as one piece of that amount: how it came about is a fact. */
function keptLine(
  { net, toPay, back, earnable, goods, ...line }: PastLine,
  settings: ProgramSettings,
): DraftLine {
  const paid = settings.earnOnPoints === 'GROSS' ? net : toPay;
  return {
    ...goods,
    ...line,
    quantityMilli: 1_000,
    unitPrice: Math.max(0, paid - back),
    earnable: earnable ?? undefined,
  };
}

function grantOf(
  order: PastOrder,
  { id, settings }: ProgramVersionRecord,
  { planned, points, terms, shares }: Earning & { points: number },
  { parameters, now }: Pick<RetroRules, 'parameters' | 'now'>,
): PlannedGrant {
  const activation = activationOf(order, settings, parameters, now);
  const expiry = expireAt(activation, settings.ttlDays, settings.timezone);
  const rules = cutRules(terms.rules, points);
  const cutShares = spread(points, planned, shares);
  return {
    order,
    versionId: id,
    points,
    cut: planned - points,
    terms: { ...terms, rules },
    rules,
    shares: cutShares,
    activateAt: new Date(activation),
    expireAt: expiry === null ? null : new Date(expiry),
  };
}

const DAY_MS = 86_400_000;

/** Points of the past are never older than their granting: else they would expire before anybody saw them. */
function activationOf(
  { occurredAt }: PastOrder,
  settings: ProgramSettings,
  { freezeDays }: RetroParameters,
  now: Date,
): number {
  if (freezeDays !== null) return now.getTime() + freezeDays * DAY_MS;
  return Math.max(now.getTime(), Date.parse(occurredAt) + settings.freezeDays * DAY_MS);
}

function cutRules(
  rules: readonly { rule: string; points: number }[],
  points: number,
): { rule: string; points: number }[] {
  let left = points;
  return rules.flatMap(({ rule, points: granted }) => {
    const kept = Math.min(granted, left);
    left -= kept;
    return kept > 0 ? [{ rule, points: kept }] : [];
  });
}

function spread(points: number, planned: number, shares: readonly Share[]): Share[] {
  if (points === planned) return shares.map((share) => ({ ...share }));
  const cut = allocate(
    points,
    shares.map(({ earnShare }) => BigInt(earnShare)),
  );
  return shares.map((share, index) => ({ ...share, earnShare: cut[index] ?? 0 }));
}
