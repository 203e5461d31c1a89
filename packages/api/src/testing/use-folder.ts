import { rm } from 'node:fs/promises';
import { afterAll, beforeAll } from 'vitest';
import { temporaryFolder } from './temporary-folder.ts';

/** A folder for the whole test file, gone with it. */
export function useFolder(): { readonly folder: string } {
  let folder = '';
  beforeAll(async () => {
    folder = await temporaryFolder('clientele-test-');
  });
  afterAll(() => rm(folder, { recursive: true }));
  return {
    get folder() {
      return folder;
    },
  };
}
