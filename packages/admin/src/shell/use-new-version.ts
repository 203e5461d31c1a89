import { onScopeDispose, shallowRef, type ShallowRef } from 'vue';

const EVERY_MS = 10 * 60_000;

/** The script a page starts with carries the hash of what it is made of. */
export function entryOf(page: string): string | null {
  return /\/admin\/assets\/[\w.-]+\.js/.exec(page)?.[0] ?? null;
}

/**
 * Whether the server has another version than the one that runs: asked when a person comes back to the page and a piece
 * of the old version is gone.
 */
export function useNewVersion(): { isReady: ShallowRef<boolean>; reload: () => void } {
  const isReady = shallowRef(false);
  const running = entryOf(document.head.innerHTML);
  let askedAt = performance.now();

  async function ask(): Promise<void> {
    if (running === null || document.hidden || performance.now() - askedAt < EVERY_MS) return;
    askedAt = performance.now();
    const page = await fetch('/admin/', { cache: 'no-store' }).catch(() => null);
    if (page?.ok !== true) return;
    const offered = entryOf(await page.text());
    isReady.value = offered !== null && offered !== running;
  }
  const asked = (): void => void ask();
  const gone = (): void => {
    isReady.value = true;
  };
  document.addEventListener('visibilitychange', asked);
  addEventListener('vite:preloadError', gone);
  onScopeDispose(() => {
    document.removeEventListener('visibilitychange', asked);
    removeEventListener('vite:preloadError', gone);
  });
  return { isReady, reload: () => location.reload() };
}
