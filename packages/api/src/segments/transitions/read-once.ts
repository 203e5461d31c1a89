import type { LiveMessage } from '../../platform/live/index.ts';

/** Portions kept for those who read a little later; who is further behind reads by themselves. */
const MOST_PORTIONS = 8;

const read = new WeakMap<LiveMessage, Map<string, Promise<unknown>>>();

/**
 * What several readers ask after the same message is read by the first of them. Nothing is missed by it: whatever comes
 * after that reading is told by another message, which all of them get.
 * @param what the same for whoever asks the same
 */
export function readOnce<Value>(
  message: LiveMessage,
  what: string,
  ask: () => Promise<Value>,
): Promise<Value> {
  const portions = read.get(message) ?? new Map<string, Promise<unknown>>();
  read.set(message, portions);
  const known = portions.get(what) as Promise<Value> | undefined;
  if (known !== undefined) return known;
  const [oldest] = portions.keys();
  if (oldest !== undefined && portions.size >= MOST_PORTIONS) portions.delete(oldest);
  const asked = ask();
  portions.set(what, asked);
  return asked;
}
