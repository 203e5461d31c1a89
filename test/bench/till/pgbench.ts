import { fork, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TillFixture } from './fixture.ts';

export interface Reference {
  /** `pgbench 15.18`, or the bare client where pgbench is not installed. */
  readonly name: string;
  /** @returns commits a second by 8 clients, `each` of them by each */
  run(first: number, each: number): Promise<number>;
}

export const CLIENTS = 8;

/**
 * What the API is held against: the same function with the same content called by a program that does nothing else.
 * @param folder for its script
 */
export async function openReference(url: string, fixture: TillFixture, folder: string): Promise<Reference> {
  const version = spawnSync('pgbench', ['--version'], { encoding: 'utf8' });
  const statement = commitStatement(fixture);
  if (version.error === undefined) {
    const script = join(folder, 'commit.sql');
    await writeFile(
      script,
      `\\set n :first + :client_id * :each + :i\n\\set i :i + 1\n${statement(':n')};\n`,
    );
    const name = /pgbench \(PostgreSQL\) (\S+)/.exec(version.stdout)?.[1] ?? '';
    return { name: `pgbench ${name}`, run: (first, each) => runPgbench(url, script, first, each) };
  }
  return {
    name: 'a bare client process, for pgbench is not installed',
    run: (first, each) => runBareClient(url, statement('$1::integer'), first, each),
  };
}

/** The product's own payload (commit-order.ts), built on the server so that one integer is all a client sends. */
function commitStatement({ till, storeId }: TillFixture): (n: string) => string {
  const now = new Date().toISOString();
  return (n) =>
    `select public.commit_order((${[
      part(`{"scope":"till:${till.id}","requestId":"c`),
      `(${n})::text`,
      part(
        `","hash":"bench","now":"${now}","actor":"till:${till.id}","stores":["${storeId}"],"occurredAt":"${now}","skewed":null,"ref":{"source":"${till.source}","externalId":"b`,
      ),
      `(${n})::text`,
      part(`"},"receipts":[{"fiscalDrive":"9999","fiscalDocument":"`),
      `(${n})::text`,
      part(`","fiscalSign":"1","issuedAt":"${now}","total":null}]}`),
    ].join(' || ')})::jsonb)`;
}

/** pgbench takes a colon before a letter or digit for a variable, in quotes too: JSON has another way to write one. */
function part(text: string): string {
  return `'${text.replaceAll(/:(?=\w)/g, String.raw`\u003a`).replaceAll(String.raw`\u003anull`, ': null')}'`;
}

async function runPgbench(url: string, script: string, first: number, each: number): Promise<number> {
  const child = spawn(
    'pgbench',
    [
      '-n',
      '-M',
      'prepared',
      '-c',
      String(CLIENTS),
      '-j',
      '2',
      '-t',
      String(each),
      '-f',
      script,
      '-D',
      'i=0',
    ].concat(['-D', `first=${first}`, '-D', `each=${each}`, url]),
    {
      env: { ...process.env, PGOPTIONS: '-c role=clientele_app -c jit=off' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  await once(child, 'close');
  const rate = /tps = ([\d.]+)/.exec(said)?.[1];
  if (rate === undefined || !said.includes(`${CLIENTS * each}/${CLIENTS * each}`)) throw new Error(said);
  return Number(rate);
}

async function runBareClient(url: string, statement: string, first: number, each: number): Promise<number> {
  const child = fork(join(import.meta.dirname, 'bare-client.ts'));
  child.send({ url, statement, first, each, clients: CLIENTS });
  const [rate] = (await once(child, 'message')) as [number];
  return rate;
}
