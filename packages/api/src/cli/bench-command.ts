import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { WrongCommand } from './say.ts';

const BENCH = join(import.meta.dirname, '..', '..', '..', '..', 'test', 'bench', 'main.ts');

/** Measuring is no part of the product: it runs in a process of its own, where the workspace is there. */
export async function benchCommand(args: readonly string[]): Promise<number> {
  if (!existsSync(BENCH)) throw new WrongCommand('bench works in a checkout of the whole workspace only.');
  const child = spawn(process.execPath, [BENCH, ...args], { stdio: 'inherit' });
  const [code] = (await once(child, 'close')) as [number | null];
  return code ?? 1;
}
