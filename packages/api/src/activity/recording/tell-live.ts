import type { Context } from '../../platform/context.ts';
import type { Database } from '../../platform/database/database.ts';
import { publish } from '../../platform/live/index.ts';

/** Events came in: who watches reads what they are. */
export const EVENTS_TOPIC = 'events';

/** However many batches come in, those who watch are told so often at most. */
const PAUSE_MS = 500;

const telling = new WeakMap<Database, { until: number; timer: NodeJS.Timeout | undefined }>();

/** Tells those who watch, at once or a moment later; never makes a recorder wait. */
export function tellRecorded({ database, log }: Pick<Context, 'database' | 'log'>): void {
  const state = telling.get(database) ?? { until: 0, timer: undefined };
  telling.set(database, state);
  if (state.timer !== undefined) return;
  const wait = Math.max(0, state.until - performance.now());
  state.timer = setTimeout(() => {
    state.timer = undefined;
    state.until = performance.now() + PAUSE_MS;
    publish(database, { topic: EVENTS_TOPIC }).catch((error: unknown) =>
      log.debug({ err: error }, 'nobody was told of new events'),
    );
  }, wait);
  state.timer.unref();
}
