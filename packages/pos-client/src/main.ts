import { createApp, nextTick, shallowRef } from 'vue';
import { hashes } from 'virtual:persisted-documents';
import App from './App.vue';
import { createNewId } from './api/ids.ts';
import { createSend } from './api/transport.ts';
import { watchForNewVersion } from './offline/new-version.ts';
import { openTillStore } from './offline/till-store.ts';
import { runTill } from './run-till.ts';
import { createDesk, deskKey, emptyStateRef } from './use-till.ts';
import type { FocusTarget } from './till-flow/index.ts';

/** Countdowns show whole seconds, so they are never half a second late. */
const TICK_MS = 250;

const LANGUAGE_KEY = 'clientele-till-language';

/** A demo link brings the till's token in the fragment, which never leaves the browser. */
function tokenFromAddress(): string | null {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token !== null) history.replaceState(null, '', location.pathname + location.search);
  return token;
}

function later(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}

function focus(target: FocusTarget): void {
  void nextTick(() => {
    const field = document.querySelector<HTMLElement>(`[data-field="${target}"]`);
    // The screen itself shows the shopper first; a jump down to the search would hide them on a small one.
    field?.focus({ preventScroll: target === 'search' || target === 'primary' });
    if (field instanceof HTMLInputElement) field.select();
  });
}

async function start(): Promise<void> {
  const store = await openTillStore();
  const brought = tokenFromAddress();
  if (brought !== null) await store.keepToken(brought);
  const tokens = { till: await store.token(), cashier: null };
  const state = emptyStateRef();
  const version = watchForNewVersion('/pos/sw.js', () => till.dispatch({ type: 'updateReady' }));
  const till = runTill({
    store,
    tokens,
    now: Date.now,
    later,
    focus,
    newId: createNewId(Date.now, (bytes) => crypto.getRandomValues(bytes)),
    show: (next) => (state.value = next),
    reload: version.load,
    loadCalculation: () => import('./provisional/provisional-quote.ts'),
    send: createSend({
      endpoint: '/graphql',
      fetch: (input, init) => fetch(input, init),
      hashOf: (operation) => hashes[operation] ?? null,
      pause: (ms) => new Promise((resolve) => later(ms, resolve)),
      timeout: (ms) => AbortSignal.timeout(ms),
    }),
  });
  const clock = shallowRef(till.serverNow());
  setInterval(() => (clock.value = till.serverNow()), TICK_MS);
  const online = (): void => {
    till.dispatch({ type: 'network', online: navigator.onLine });
    if (navigator.onLine) till.finishOld().catch(() => undefined);
  };
  addEventListener('online', online);
  addEventListener('offline', online);

  const kept = localStorage.getItem(LANGUAGE_KEY) ?? navigator.language;
  const desk = createDesk({
    state,
    now: clock,
    language: kept.startsWith('ru') ? 'ru' : 'en',
    version: TILL_VERSION,
    dispatch: till.dispatch,
  });
  createApp(App, { keepLanguage: (language: string) => localStorage.setItem(LANGUAGE_KEY, language) })
    .provide(deskKey, desk)
    .mount('#till');
  till.dispatch({ type: 'started', paired: tokens.till !== null });
  till.finishOld().catch(() => undefined);
}

void start();
