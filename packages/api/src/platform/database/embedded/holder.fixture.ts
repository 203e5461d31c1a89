/**
 * A process that holds a data folder, for the tests that kill it: `node holder.fixture.ts FOLDER`. Prints one line of
 * JSON when PostgreSQL serves or cannot, then waits; `exit` on its input ends it as a program that forgot to stop.
 */
import { FOR_TESTS, startEmbeddedPostgres } from './index.ts';

const say = (facts: object): void => void process.stdout.write(`${JSON.stringify(facts)}\n`);
try {
  const dataDir = process.argv[2] ?? '';
  // Crash safety is what these tests are about, so durability stays on.
  const { autovacuum = 'off' } = FOR_TESTS;
  const { url, pid } = await startEmbeddedPostgres({
    dataDir,
    settings: { autovacuum },
    log: () => undefined,
  });
  say({ url, pid });
  process.stdin.on('data', () => process.exit(0));
} catch (error) {
  say({ refused: error instanceof Error ? error.message : String(error) });
  process.exitCode = 1;
}
