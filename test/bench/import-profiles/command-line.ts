import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export interface CommandRun {
  readonly seconds: number;
  /** The most memory the process ever held (resident), megabytes. */
  readonly peakMb: number;
  readonly output: string;
}

const LOOK_EVERY_MS = 100;
/** Of every process of this benchmark: they open what each other sealed. */
export const APP_SECRET = 'a benchmark keeps nothing of anybody’s behind this';
const api = dirname(createRequire(import.meta.url).resolve('@clientele/api/package.json'));

/** `pnpm clientele import <kind> …`, in a process of its own, as a person runs it. */
export async function importByCommand(options: {
  url: string;
  kind: 'profiles' | 'orders';
  csv: string;
  /** Name of a ready mapping, or the path of one. */
  mapping: string;
  folder: string;
}): Promise<CommandRun> {
  const { url, kind, csv, mapping, folder } = options;
  const began = performance.now();
  const args = ['import', kind, csv, '--source', 'crm', '--map', mapping];
  // As the script `clientele` runs it.
  const child = spawn(process.execPath, ['--max-semi-space-size=8', join(api, 'src', 'cli.ts'), ...args], {
    cwd: folder,
    env: { ...process.env, INIT_CWD: folder, DATABASE_URL: url, APP_SECRET, DATA_DIR: join(folder, 'data') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  let peakMb = 0;
  const looking = setInterval(() => {
    peakMb = Math.max(peakMb, peakOf(child.pid ?? 0));
  }, LOOK_EVERY_MS);
  const [code] = (await once(child, 'exit')) as [number];
  clearInterval(looking);
  if (code !== 0 && code !== 2) throw new Error(`the import ended with ${code}: ${output}`);
  return { seconds: (performance.now() - began) / 1000, peakMb, output };
}

/** The kernel's own mark of the highest water; 0 where it keeps none. */
function peakOf(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1000;
  } catch {
    return 0;
  }
}
