import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { ApiJob, ApiMessage } from './api-process.ts';
import type { Load, LoadResult } from './load-generator.ts';

export interface Api {
  readonly url: string;
  /** Megabytes of memory the process holds now. */
  memory(): Promise<number>;
  stop(): Promise<void>;
}

export async function startApi(job: ApiJob): Promise<Api> {
  const child = fork(join(import.meta.dirname, 'api-process.ts'));
  const answer = async (): Promise<ApiMessage> => {
    const [message] = (await Promise.race([once(child, 'message'), failure(child)])) as [ApiMessage];
    return message;
  };
  child.send(job);
  const ready = await answer();
  if (!('ready' in ready)) throw new Error('the API did not say where it listens');
  return {
    url: ready.ready,
    memory: async () => {
      child.send('memory');
      const message = await answer();
      return 'rss' in message ? message.rss / 1_000_000 : Number.NaN;
    },
    stop: async () => {
      child.send('stop');
      await once(child, 'exit');
    },
  };
}

/** Runs a load from a process of its own, so that it does not wait behind what it measures. */
export async function runLoad(load: Load): Promise<LoadResult> {
  const child = fork(join(import.meta.dirname, 'load-generator.ts'));
  child.send(load);
  const [result] = (await Promise.race([once(child, 'message'), failure(child)])) as [LoadResult];
  return result;
}

async function failure(child: ChildProcess): Promise<never> {
  await once(child, 'exit');
  throw new Error('a process of the benchmark ended early');
}
