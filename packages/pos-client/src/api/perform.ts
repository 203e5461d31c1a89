import type { ResultOf, VariablesOf } from 'gql.tada';
import type { TillStore } from '../offline/till-store.ts';
import type { Request } from '../till-flow/effects.ts';
import type { Answer } from '../till-flow/events.ts';
import type { Draft, FiscalDocument, IssuedCode, ShopperAddress } from '../till-flow/facts.ts';
import * as documents from './documents/index.ts';
import type { Send, Sending } from './transport.ts';

type DraftInput = VariablesOf<typeof documents.previewOrder>['input'];

/** The two tokens: the till's own, kept; the cashier's, only in memory. */
export interface Tokens {
  till: string | null;
  cashier: string | null;
}

export interface Counter {
  send: Send;
  store: TillStore;
  tokens: Tokens;
  now: () => number;
}

/** A person waits: give up soon. What carries its own key is repeated by itself before anybody is asked. */
const QUICK: Omit<Sending, 'token'> = { timeoutMs: 8_000 };
const KEYED: Omit<Sending, 'token'> = { timeoutMs: 8_000, pausesMs: [300, 1_000] };

/**
 * Sends one request of the flow and gives its answer.
 * Keys of an order are stored before the first try and forgotten when the order is finished.
 * @throws TransportFailure
 */
export async function perform(counter: Counter, request: Request): Promise<Answer> {
  switch (request.do) {
    case 'pair':
      return pair(counter, request.code);
    case 'loadTill':
      return { to: 'loadTill', value: (await ask(counter, documents.tillQuery, {}, true)).till };
    case 'signIn':
      return signIn(counter, request.cashierId, request.pin);
    case 'identify': {
      const input = { ...addressInput(request.address), verify: request.verify };
      const { identifyShopper } = await ask(counter, documents.identifyShopper, { input });
      return { to: 'identify', value: identifyShopper };
    }
    case 'resend': {
      const input = { challengeId: request.challengeId, channel: request.channel as Channel };
      const { resendShopperCode } = await ask(counter, documents.resendShopperCode, { input });
      return { to: 'resend', value: resendShopperCode };
    }
    case 'confirm': {
      const { challengeId, code, waiver, enrolment } = request;
      const input = { challengeId, code, waiver, enrolment };
      const { confirmShopper } = await ask(counter, documents.confirmShopper, { input });
      return { to: 'confirm', value: confirmShopper };
    }
    case 'lookUp':
      return { to: 'lookUp', value: await ask(counter, documents.lookUpProduct, { code: request.code }) };
    case 'search': {
      const { products } = await ask(counter, documents.searchProducts, { search: request.text, first: 6 });
      return { to: 'search', value: products.edges.map((edge) => edge.node) };
    }
    case 'preview': {
      const input = { ...draftInput(request.draft), externalId: request.draft.replaces ?? null };
      return { to: 'preview', value: (await ask(counter, documents.previewOrder, { input })).previewOrder };
    }
    default:
      return onOrder(counter, request);
  }
}

type Channel = Exclude<VariablesOf<typeof documents.resendShopperCode>['input']['channel'], undefined>;
type OrderRequest = Extract<Request, { do: 'begin' | 'commit' | 'cancel' | 'undo' }>;

async function onOrder(counter: Counter, request: OrderRequest): Promise<Answer> {
  switch (request.do) {
    case 'begin': {
      const { order } = request;
      await counter.store.keepBegin(order, counter.now());
      const input = {
        requestId: order.requestId,
        externalId: order.externalId,
        quoteHash: order.quoteHash,
        draft: draftInput(order.draft),
      };
      const { beginOrder } = await counter.send(documents.beginOrder, { input }, keyed(counter));
      if (beginOrder.__typename !== 'OrderBegun') await counter.store.finish(order.externalId);
      return { to: 'begin', value: beginOrder };
    }
    case 'commit': {
      await counter.store.keepCommit(request.externalId, request.requestId, request.fiscal);
      const value = await commitOrder(counter, request.externalId, request.requestId, request.fiscal);
      // A refusal of the fiscal document leaves the order begun: it is asked for again with a better one.
      const kept = value.__typename === 'ReceiptTaken' || value.__typename === 'InvalidInput';
      if (!kept) await counter.store.finish(request.externalId);
      return { to: 'commit', value };
    }
    case 'cancel':
      return { to: 'cancel', value: await cancelOrder(counter, request.externalId, request.requestId) };
    case 'undo': {
      const { requestId, returnId, externalId } = request;
      const input = {
        requestId,
        externalId: returnId,
        order: { external: { id: externalId } },
        receipts: [],
      };
      const { returnOrder } = await counter.send(documents.returnOrder, { input }, keyed(counter));
      return { to: 'undo', value: returnOrder };
    }
  }
}

/** What the till calculates by while the server's quote is on its way. */
export async function quoteRules(counter: Counter): Promise<unknown> {
  return (await ask(counter, documents.quoteRules, {})).till?.quoteRules ?? null;
}

export async function noteOffer(
  counter: Counter,
  note: VariablesOf<typeof documents.noteOffer>,
): Promise<void> {
  await ask(counter, documents.noteOffer, note);
}

export async function issuedCodes(counter: Counter, externalId: string): Promise<IssuedCode[]> {
  return (await ask(counter, documents.issuedCodes, { externalId })).order?.issuedCodes ?? [];
}

/** Commits by the bare till token too: it needs no cashier. */
export async function commitOrder(
  counter: Counter,
  externalId: string,
  requestId: string,
  fiscal: FiscalDocument | null,
): Promise<ResultOf<typeof documents.commitOrder>['commitOrder']> {
  const input = {
    requestId,
    order: { external: { id: externalId } },
    receipts: fiscal === null ? [] : [receiptInput(fiscal)],
  };
  return (await counter.send(documents.commitOrder, { input }, keyed(counter))).commitOrder;
}

export async function cancelOrder(
  counter: Counter,
  externalId: string,
  requestId: string,
): Promise<ResultOf<typeof documents.cancelOrder>['cancelOrder']> {
  const input = { requestId, order: { external: { id: externalId } } };
  const { cancelOrder: value } = await counter.send(documents.cancelOrder, { input }, keyed(counter));
  await counter.store.finish(externalId);
  return value;
}

export async function signOut(counter: Counter): Promise<void> {
  const token = counter.tokens.cashier;
  counter.tokens.cashier = null;
  if (token !== null) await counter.send(documents.signOutCashier, {}, { ...QUICK, token });
}

async function pair(counter: Counter, code: string): Promise<Answer> {
  const { pairTill } = await counter.send(documents.pairTill, { input: { code } }, { ...QUICK, token: null });
  if (pairTill.__typename === 'TillPaired') {
    await counter.store.keepToken(pairTill.token);
    counter.tokens.till = pairTill.token;
  }
  return { to: 'pair', value: pairTill };
}

async function signIn(counter: Counter, cashierId: string, pin: string): Promise<Answer> {
  const { signInCashier } = await ask(counter, documents.signInCashier, { input: { cashierId, pin } }, true);
  if (signInCashier.__typename === 'CashierSignedIn') counter.tokens.cashier = signInCashier.token;
  return { to: 'signIn', value: signInCashier };
}

const ask = <Result, Variables>(
  counter: Counter,
  document: Parameters<typeof counter.send<Result, Variables>>[0],
  variables: Variables,
  asTill = false,
): Promise<Result> => {
  const { till, cashier } = counter.tokens;
  return counter.send(document, variables, { ...QUICK, token: asTill ? till : (cashier ?? till) });
};

function keyed(counter: Counter): Sending {
  return { ...KEYED, token: counter.tokens.cashier ?? counter.tokens.till };
}

function addressInput(address: ShopperAddress): { phone: string } | { card: string } {
  return 'phone' in address ? { phone: address.phone } : { card: address.card };
}

function receiptInput(fiscal: FiscalDocument): {
  fiscalDrive: string;
  fiscalDocument: string;
  fiscalSign: string | null;
} {
  return {
    fiscalDrive: fiscal.drive,
    fiscalDocument: fiscal.document,
    fiscalSign: fiscal.sign === '' ? null : fiscal.sign,
  };
}

function draftInput(draft: Draft): DraftInput {
  return {
    shopper: draft.visitId === null ? null : { visitId: draft.visitId },
    lines: draft.lines,
    promoCodes: draft.promoCodes,
    spendPoints: draft.spendPoints === 0 ? null : { exact: draft.spendPoints },
  };
}
