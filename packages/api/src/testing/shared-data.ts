import { existsSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '..', '..', '..', '..', '..', 'shared', 'data');

/**
 * Real data stands beside the checkout, never in it. Use as
 * `test.skipIf(sharedDataMissing)('… (needs ../shared/data)', …)`: `.ci/run` turns such a skip into a failure.
 */
export const sharedDataMissing = !existsSync(folder);

/** @param path inside `../shared/data` */
export function sharedData(path: string): string {
  return join(folder, path);
}
