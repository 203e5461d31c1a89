import type { Request } from './effects.ts';
import { fields } from './fields.ts';
import type { Field } from './fields.ts';
import type {
  BasketLine,
  Challenge,
  IssuedCode,
  Offer,
  PointsAt,
  Product,
  Quote,
  ShopperAccount,
  ShopperAddress,
  TillInfo,
} from './facts.ts';

/** Where the till stands. One screen, or one panel of the sale screen, each. */
export type Stage = 'starting' | 'pairing' | 'lock' | 'main' | 'register' | 'code' | 'payment' | 'result';

export interface Shopper {
  /** Null after a reload: what was typed is never stored. */
  address: ShopperAddress | null;
  visitId: string;
  verified: boolean;
  expiresAt: string | null;
  givenName: string | null;
  maskedPhone: string | null;
  birthDate: string | null;
  account: ShopperAccount | null;
  offers: Offer[];
  /** Offers the shopper said yes to. */
  taken: string[];
  quoteFacts: unknown;
}

export interface SaleOrder {
  /** The till's own number of the order, made before the first try. */
  externalId: string;
  begun: boolean;
  /** What follows the hold: wait for the payment, or finish at once when nothing had to be held. */
  after: 'pay' | 'commit';
  /** The sum the server holds; null until it has answered. */
  toPay: string | null;
}

export interface Sale {
  lines: BasketLine[];
  /** The line the arrow keys stand on. */
  selected: number | null;
  promoCodes: string[];
  spend: number;
  shopper: Shopper | null;
  quote: Quote | null;
  /** The quote on screen answers the basket on screen. */
  quoteFresh: boolean;
  /** The quote on screen is the till's own count; the server's is on its way. */
  provisional: boolean;
  quoting: number | null;
  /** The code has just been accepted: the cursor goes to the points as soon as it is known how many fit. */
  spendNext: boolean;
  order: SaleOrder | null;
}

export type BusyKind =
  | 'pair'
  | 'load'
  | 'signIn'
  | 'find'
  | 'sendCode'
  | 'resend'
  | 'confirm'
  | 'begin'
  | 'commit'
  | 'cancel'
  | 'undo';

export interface Busy {
  what: BusyKind;
  ask: number;
  /** More than two seconds have passed. */
  slow: boolean;
}

/** What the primary button, and Enter with it, does next. */
export type Act =
  | 'wait'
  | 'pair'
  | 'chooseCashier'
  | 'signIn'
  | 'phone'
  | 'find'
  | 'register'
  | 'sendCode'
  | 'enterCode'
  | 'confirm'
  | 'waive'
  | 'addProduct'
  | 'addPromo'
  | 'closeKeys'
  | 'scan'
  | 'finish'
  | 'holdAndPay'
  | 'commit'
  | 'nextSale'
  | 'undoSale'
  | 'retry'
  | 'acceptQuote'
  | 'findAgain'
  | 'newOrder'
  | 'dismiss'
  | 'reload'
  | 'withoutCode';

export interface Notice {
  /** A refusal's code, a failure's reason, or a name of the till's own. */
  code: string;
  tone: 'bad' | 'warn' | 'info';
  facts: Readonly<Record<string, string | number | readonly string[] | null>>;
  /** What Enter does while the notice stands; null leaves Enter to the next step. */
  enter: Act | null;
}

export interface Result {
  /** The till's own number of the order. */
  externalId: string;
  earned: number;
  activateAt: string | null;
  spent: number;
  /** A shopper stood at the till. */
  known: boolean;
  /** Null without a shopper, and where the program hides the account until the code. */
  balance: number | null;
  pending: PointsAt | null;
  toPay: string;
  /** What promotions took off. */
  saved: string;
  /** For the next purchase. */
  codes: IssuedCode[];
  currency: string;
  overdrawn: number;
  givenName: string | null;
  /** Taken back while the result still stood: what the shopper gets. */
  undone: { moneyBack: string; restored: number; clawedBack: number } | null;
}

export interface TillState {
  stage: Stage;
  online: boolean;
  till: TillInfo | null;
  /** Server clock minus till clock, whole minutes; told to people above five. */
  skewMinutes: number;
  updateReady: boolean;
  cashier: { id: string; name: string } | null;
  /** The tile chosen on the lock screen. */
  cashierId: string | null;
  /** The session ended in the middle of a sale: the PIN is asked over the same screen. */
  sessionOver: boolean;
  text: Record<Field, string>;
  sale: Sale;
  unknown: ShopperAddress | null;
  challenge: Challenge | null;
  enrolling: boolean;
  consents: Record<string, boolean>;
  managerId: string | null;
  /** The form "the code did not come" is open. */
  waiving: boolean;
  found: { products: Product[]; selected: number } | null;
  searching: number | null;
  dialog: 'keys' | 'promo' | null;
  busy: Busy | null;
  /** Enter was pressed a moment too early; it is done as soon as the answer is there. */
  armed: 'next' | 'pay' | null;
  notice: Notice | null;
  retry: Request | null;
  result: Result | null;
  /** Orders left for the background because the network went away at the last step. */
  unfinished: number;
  asks: number;
}

function emptyText(): Record<Field, string> {
  return Object.fromEntries(fields.map((field) => [field, ''])) as Record<Field, string>;
}

export function emptySale(): Sale {
  return {
    lines: [],
    selected: null,
    promoCodes: [],
    spend: 0,
    shopper: null,
    quote: null,
    quoteFresh: false,
    provisional: false,
    quoting: null,
    spendNext: false,
    order: null,
  };
}

/** Everything that belongs to one shopper and one basket, empty again. */
export function betweenSales(): Pick<
  TillState,
  | 'text'
  | 'sale'
  | 'unknown'
  | 'challenge'
  | 'enrolling'
  | 'consents'
  | 'managerId'
  | 'waiving'
  | 'found'
  | 'searching'
  | 'dialog'
  | 'busy'
  | 'armed'
  | 'notice'
  | 'retry'
> {
  return {
    text: emptyText(),
    sale: emptySale(),
    unknown: null,
    challenge: null,
    enrolling: false,
    consents: {},
    managerId: null,
    waiving: false,
    found: null,
    searching: null,
    dialog: null,
    busy: null,
    armed: null,
    notice: null,
    retry: null,
  };
}

export function startState(): TillState {
  return {
    stage: 'starting',
    online: true,
    till: null,
    skewMinutes: 0,
    updateReady: false,
    cashier: null,
    cashierId: null,
    sessionOver: false,
    result: null,
    unfinished: 0,
    asks: 0,
    ...betweenSales(),
  };
}

/** Nothing typed, scanned or begun: a new version may be loaded now. */
export function isBetweenSales(state: TillState): boolean {
  const { sale } = state;
  return (
    sale.lines.length === 0 &&
    sale.shopper === null &&
    sale.order === null &&
    state.challenge === null &&
    state.busy === null
  );
}
