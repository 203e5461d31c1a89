import { setImmediate } from 'node:timers/promises';

const LONGEST_MS = 8;

/**
 * Lets others have the thread now and then: an import may run in the process that answers the tills.
 * @returns waits when it was called after more than some milliseconds of work
 */
export function breather(): () => Promise<void> | undefined {
  let since = performance.now();
  const breathe = async (): Promise<void> => {
    await setImmediate();
    since = performance.now();
  };
  return () => (performance.now() - since < LONGEST_MS ? undefined : breathe());
}
