import { drainOutbox } from '../platform/outbox/relay.ts';
import { handlers } from '../reactions.ts';
import type { TestApp } from './create-test-app.ts';

/** Tells everybody of everything that happened, here and now: for apps without a worker. */
export async function tellEvents(app: TestApp): Promise<void> {
  await drainOutbox({
    newContext: () => app.context(),
    handlers: handlers(() => undefined, 'http://clientele.test'),
  });
}
