export interface NewVersion {
  /** Loads the new version, or the same page again when there is none. */
  load: () => void;
}

/**
 * Keeps the till on the device and notices a new version. It waits until it is let in: a running receipt is
 * never taken from under the cashier's hands.
 */
export function watchForNewVersion(script: string, onReady: () => void): NewVersion {
  const container = 'serviceWorker' in navigator && import.meta.env.PROD ? navigator.serviceWorker : null;
  let waiting: ServiceWorker | null = null;

  function found(worker: ServiceWorker | null): void {
    if (worker === null || container?.controller == null) return;
    waiting = worker;
    onReady();
  }

  async function register(): Promise<void> {
    const registration = await container?.register(script);
    if (registration === undefined) return;
    found(registration.waiting);
    registration.addEventListener('updatefound', () => {
      const fresh = registration.installing;
      fresh?.addEventListener('statechange', () => {
        if (fresh.state === 'installed') found(fresh);
      });
    });
  }

  // Without it the till works as a page; over plain HTTP browsers give none.
  register().catch(() => undefined);

  return {
    load: () => {
      if (waiting === null) return location.reload();
      container?.addEventListener('controllerchange', () => location.reload(), { once: true });
      waiting.postMessage({ type: 'SKIP_WAITING' }, []);
    },
  };
}
