/**
 * What the till knows from the server, as plain data. The shapes are parts of the committed schema; the api
 * folder proves at compile time that its documents answer them. Money and quantities are decimal strings,
 * instants are ISO 8601 in UTC, points are whole numbers.
 */

export interface TillInfo {
  id: string;
  name: string;
  kind: string;
  serverTime: string;
  clockAheadSeconds: number;
  store: { code: string; name: string; currency: string; timeZone: string };
  program: { name: string; mode: string } | null;
  cashiers: CashierTile[];
  consentTexts: ConsentText[];
}

export interface CashierTile {
  id: string;
  name: string;
  canWaive: boolean;
}

export interface ConsentText {
  id: string;
  purpose: string;
  version: string;
  text: string;
  required: boolean;
}

export interface PointsAt {
  points: number;
  at: string;
}

export interface Account {
  status: string;
  active: number;
  pending: number;
  debt: number;
  available: number;
  nextActivation: PointsAt | null;
  nextExpiry: PointsAt | null;
  tier: { name: string } | null;
}

export interface ShopperAccount extends Account {
  /** How far the next tier is; null: a program without tiers. */
  tierProgress: {
    next: { name: string } | null;
    missing: { amount: string; currency: string } | null;
    missingPoints: number | null;
  } | null;
}

export interface Offer {
  id: string;
  promotionId: string;
  title: string;
  say: string;
  reason: string | null;
  endsAt: string | null;
  promoCode: string | null;
  personal: boolean;
}

export interface Visit {
  id: string;
  verified: boolean;
  expiresAt: string;
  profile: { givenName: string | null; birthDate: string | null; phone: string | null };
  account: ShopperAccount | null;
  offers: Offer[];
  /** What a quote of the till's own asks of the shopper; null: hidden. */
  quoteFacts: unknown;
}

export interface Challenge {
  id: string;
  kind: string;
  maskedPhone: string;
  codeLength: number;
  channel: string;
  otherChannels: string[];
  delivery: string;
  expiresAt: string;
  resendAt: string;
  attemptsLeft: number;
}

export interface PointsLimit {
  code: string;
  max: number;
}

export interface QuoteLine {
  number: number;
  gross: string;
  pointsDiscount: string;
  toPay: string;
  discounts: { label: string; amount: string; promoCode: string | null }[];
}

export interface Quote {
  currency: string;
  gross: string;
  discount: string;
  pointsDiscount: string;
  toPay: string;
  verificationRequired: boolean;
  quoteHash: string;
  validUntil: string;
  rulesRevision: string;
  lines: QuoteLine[];
  points: { available: number; max: number; applied: number; limits: PointsLimit[] };
  earning: { points: number; activateAt: string | null };
  offers: AppliedOffer[];
  /** Promotions that wait for their gift in the basket. */
  missingGifts: string[];
  refusedCodes: { promoCode: string; code: string }[];
}

export interface AppliedOffer {
  promotionId: string;
  title: string;
  amount: string;
  points: number;
  promoCode: string | null;
}

/** A code the shopper got for this purchase, for the next one. */
export interface IssuedCode {
  code: string;
  expiresAt: string | null;
}

export interface Product {
  sku: string;
  name: string;
  price: string | null;
  category: string | null;
  /** What rules may ask of it. */
  goods: unknown;
}

export interface OrderFacts {
  externalId: string;
  state: string;
  toPay: string;
  discount: string;
  pointsSpent: number;
  earned: number;
  currency: string;
}

/** A phone as dialled, or a card as scanned: kept in memory for the length of the sale, never stored. */
export type ShopperAddress = { phone: string } | { card: string };

export interface Draft {
  visitId: string | null;
  lines: { sku: string; name: string; quantity: string; unitPrice: string }[];
  promoCodes: string[];
  spendPoints: number;
  /** The begun order this basket belongs to: what it holds itself is no obstacle. */
  replaces?: string | null;
}

/** The optional fiscal document of the pay step: drive, document and sign numbers as printed. */
export interface FiscalDocument {
  drive: string;
  document: string;
  sign: string;
}

export interface BasketLine {
  key: number;
  sku: string;
  name: string;
  /** Decimal string with the currency's digits. */
  unitPrice: string;
  /** Thousandths of a unit: 1000 is one piece. */
  milli: number;
}
