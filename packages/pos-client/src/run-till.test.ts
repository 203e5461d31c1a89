import { expect, test } from 'vitest';
import { createSend } from './api/transport.ts';
import { openTillStore } from './offline/till-store.ts';
import type { TillStore } from './offline/till-store.ts';
import { runTill } from './run-till.ts';
import type { RunningTill } from './run-till.ts';
import { aQuote, anOrder, scarf, till as tillFacts } from './till-flow/testing/play.ts';
import type { TillState } from './till-flow/index.ts';

type Variables = { input: { requestId: string; externalId: string; order: { external: { id: string } } } };
type Reply = object | 'lost';

/** The network as the till sees it: one canned answer for each operation, changed as the test goes. */
class Network {
  readonly replies: Record<string, Reply> = {
    Till: { till: tillFacts },
    SignInCashier: {
      signInCashier: {
        __typename: 'CashierSignedIn',
        token: 'cashier-token',
        expiresAt: '2026-11-22T20:00:00Z',
        cashier: { id: 'cashier-1', name: 'Olga' },
      },
    },
    LookUpProduct: { byBarcode: scarf, bySku: null },
    PreviewOrder: { previewOrder: aQuote() },
    BeginOrder: { beginOrder: { __typename: 'OrderBegun', holdExpiresAt: null, order: anOrder() } },
    CommitOrder: {
      commitOrder: {
        __typename: 'OrderCommitted',
        earned: 36,
        activateAt: null,
        overdrawn: 0,
        order: anOrder(),
        account: null,
      },
    },
  };
  readonly calls: { operation: string; token: string | null; variables: Variables }[] = [];

  readonly fetch: typeof fetch = async (_url, init) => {
    const { operationName, variables } = JSON.parse(String(init?.body)) as {
      operationName: string;
      variables: Variables;
    };
    const token = new Headers(init?.headers).get('authorization');
    this.calls.push({ operation: operationName, token, variables });
    const reply = this.replies[operationName];
    if (reply === undefined || reply === 'lost') throw new TypeError('fetch failed');
    return new Response(JSON.stringify({ data: reply }), { headers: { 'content-type': 'application/json' } });
  };

  of(operation: string): { token: string | null; variables: Variables }[] {
    return this.calls.filter((call) => call.operation === operation);
  }
}

interface RunningDesk extends RunningTill {
  state: () => TillState;
  until: (condition: (state: TillState) => boolean) => Promise<TillState>;
}

/** Starts the till as a page load does: paired, state empty, the store as the last page left it. */
function aPage(network: Network, store: TillStore): RunningDesk {
  let state: TillState | undefined;
  const watchers = new Set<() => void>();
  let ids = 0;
  const running = runTill({
    store,
    tokens: { till: 'till-token', cashier: null },
    now: () => Date.parse('2026-11-22T09:40:00Z'),
    // Time stands still here but for what runs at once: pauses before a preview are over immediately.
    later: (ms, run) => {
      if (ms >= 1000) return () => undefined;
      const timer = setTimeout(run, 0);
      return () => clearTimeout(timer);
    },
    newId: () => `id-${(ids += 1)}`,
    show: (next) => {
      state = next;
      for (const watcher of watchers) watcher();
    },
    focus: () => undefined,
    reload: () => undefined,
    loadCalculation: () => import('./provisional/provisional-quote.ts'),
    send: createSend({
      endpoint: '/graphql',
      fetch: network.fetch,
      hashOf: () => null,
      pause: async () => undefined,
      timeout: () => new AbortController().signal,
    }),
  });
  const now = (): TillState => {
    if (state === undefined) throw new Error('nothing is shown yet');
    return state;
  };
  const until = (condition: (shown: TillState) => boolean): Promise<TillState> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (state === undefined || !condition(state)) return;
        watchers.delete(look);
        resolve(state);
      };
      watchers.add(look);
      look();
    });
  return { ...running, state: now, until };
}

async function signedIn(page: RunningDesk): Promise<void> {
  page.dispatch({ type: 'started', paired: true });
  await page.until((state) => state.stage === 'lock' && state.busy === null);
  page.dispatch({ type: 'cashierChosen', id: 'cashier-1' });
  page.dispatch({ type: 'typed', field: 'pin', text: '1234' });
  page.dispatch({ type: 'primary' });
  await page.until((state) => state.stage === 'main');
}

async function withScarf(page: RunningDesk): Promise<void> {
  await signedIn(page);
  page.dispatch({ type: 'scanned', code: '4600000000022' });
  await page.until((state) => state.sale.quoteFresh);
}

test('a sale from the scan to the result leaves nothing in the store', async () => {
  const network = new Network();
  const store = await openTillStore('whole-sale');
  const page = aPage(network, store);
  await withScarf(page);
  page.dispatch({ type: 'primary' });
  const state = await page.until((shown) => shown.stage === 'result');
  expect(state.result?.earned).toBe(36);
  expect(network.of('BeginOrder')[0]?.token).toBe('Bearer cashier-token');
  expect([await store.toCommit(), await store.toPay(Date.now())]).toEqual([[], null]);
});

test('the till reads the server clock', async () => {
  const page = aPage(new Network(), await openTillStore('clock'));
  page.dispatch({ type: 'started', paired: true });
  const state = await page.until((shown) => shown.skewMinutes !== 0);
  expect(state.skewMinutes).toBe(20);
  expect(page.serverNow()).toBe(Date.parse('2026-11-22T10:00:00Z'));
});

test('a lost commit is repeated with its key, and after a reload too, without a cashier', async () => {
  const network = new Network();
  const store = await openTillStore('lost-commit');
  const page = aPage(network, store);
  await withScarf(page);
  const answer = network.replies['CommitOrder'];
  network.replies['CommitOrder'] = 'lost';
  page.dispatch({ type: 'primary' });
  await page.until((state) => state.notice?.code === 'OFFLINE');
  const keys = new Set(network.of('CommitOrder').map((call) => call.variables.input.requestId));
  expect([network.of('CommitOrder').length, keys.size]).toEqual([3, 1]);

  if (answer !== undefined) network.replies['CommitOrder'] = answer;
  const reloaded = aPage(network, store);
  await reloaded.finishOld();
  const last = network.of('CommitOrder').at(-1);
  expect(last?.token).toBe('Bearer till-token');
  expect(keys.has(last?.variables.input.requestId ?? '')).toBe(true);
  expect(reloaded.state().notice?.code).toBe('Finished');
  expect(await store.toCommit()).toEqual([]);
});

test('after a reload an order whose begin was lost is asked for with its key and goes on', async () => {
  const network = new Network();
  const store = await openTillStore('lost-begin');
  const page = aPage(network, store);
  await withScarf(page);
  const answer = network.replies['BeginOrder'];
  network.replies['BeginOrder'] = 'lost';
  page.dispatch({ type: 'key', key: 'F8' });
  await page.until((state) => state.notice?.code === 'OFFLINE');

  if (answer !== undefined) network.replies['BeginOrder'] = answer;
  const reloaded = aPage(network, store);
  await signedIn(reloaded);
  const state = await reloaded.until((shown) => shown.stage === 'payment');
  const keys = network.of('BeginOrder').map((call) => call.variables.input.requestId);
  expect(new Set(keys).size).toBe(1);
  expect(state.sale.lines.map((line) => line.sku)).toEqual(['SCF-1']);
});

test('what the background cannot finish is told; a refused fiscal document does not lose the sale', async () => {
  const network = new Network();
  const store = await openTillStore('refused');
  const begin = {
    externalId: 'old',
    requestId: 'begin-key',
    quoteHash: 'hash',
    after: 'pay' as const,
    draft: { visitId: null, lines: [], promoCodes: [], spendPoints: 0 },
    lines: [],
  };
  await store.keepBegin(begin, 0);
  await store.keepCommit('old', 'commit-key', { drive: '1', document: '2', sign: '' });
  const answer = network.replies['CommitOrder'];
  network.replies['CommitOrder'] = {
    commitOrder: { __typename: 'ReceiptTaken', code: 'ReceiptTaken', message: '', order: anOrder() },
  };
  const page = aPage(network, store);
  await page.finishOld();
  const kept = (await store.toCommit())[0]?.commit;
  expect(kept?.fiscal).toBeNull();
  expect(kept?.requestId).not.toBe('commit-key');
  if (answer !== undefined) network.replies['CommitOrder'] = answer;
  await page.finishOld();
  expect(await store.toCommit()).toEqual([]);
  expect(network.of('CommitOrder').map((call) => call.variables.input.order.external.id)).toEqual([
    'old',
    'old',
  ]);
});
