import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';

/** What opens the demo company: `demo.json` in the data folder, readable by its owner alone. */
export const DemoCredentials = z.object({
  url: z.string(),
  admin: z.object({ email: z.string(), password: z.string() }),
  till: z.object({ token: z.string(), storeCode: z.string() }),
  cashier: z.object({ id: z.string(), pin: z.string() }),
  manager: z.object({ id: z.string(), pin: z.string() }),
  partner: z.object({ key: z.string() }),
});
export type DemoCredentials = z.infer<typeof DemoCredentials>;

export function demoFile(dataDir: string): string {
  return join(dataDir, 'demo.json');
}

/** @returns null where the demo company is not finished, or its file is not readable as such */
export async function readDemoCredentials(dataDir: string): Promise<DemoCredentials | null> {
  try {
    return DemoCredentials.parse(JSON.parse(await readFile(demoFile(dataDir), 'utf8')));
  } catch (error) {
    if (error instanceof z.ZodError || error instanceof SyntaxError) return null;
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
