/** `pnpm bench [receipt|till|import|x5|duplicates|segments|…]`: measures this machine, prints tables and keeps them in results/; never a test. */
import { publish, say } from './harness/results.ts';
import type { Measure } from './harness/results.ts';
import { startBenchServer } from './harness/server.ts';
import type { BenchServer } from './harness/server.ts';

type Bench = (server: BenchServer) => Promise<Measure[]>;

const BENCHES: Readonly<Record<string, readonly (() => Promise<Bench>)[]>> = {
  till: [async () => (await import('./till/measure-till.ts')).measureTill],
  promotions: [async () => (await import('./till/measure-promotions.ts')).measurePromotions],
  customers: [async () => (await import('./customers/measure-customers.ts')).measureCustomers],
  duplicates: [
    async () => (await import('./duplicates/measure-duplicates.ts')).measureDuplicates,
    async () => (await import('./duplicates/measure-merge.ts')).measureMerge,
  ],
  segments: [async () => (await import('./segments/measure-segments.ts')).measureSegments],
  'segments-preview': [async () => (await import('./segments/measure-segments.ts')).measureSegmentPreview],
  'segments-full': [async () => (await import('./segments/measure-segments.ts')).measureSegmentsInFull],
  'segments-membership': [async () => (await import('./segments/measure-segments.ts')).measureMembership],
  'segments-live': [async () => (await import('./segments/measure-segments.ts')).measureSegmentsLive],
  'segments-growth': [async () => (await import('./segments/measure-segments.ts')).measureGrowth],
  liability: [async () => (await import('./liability/measure-liability.ts')).measureLiability],
  events: [async () => (await import('./events/measure-events.ts')).measureEvents],
  'import-profiles': [
    async () => (await import('./import-profiles/measure-import-profiles.ts')).measureImportProfiles,
  ],
  beside: [async () => (await import('./beside/measure-orders-beside.ts')).measureOrdersBeside],
  x5: [async () => (await import('./x5/measure-x5.ts')).measureX5],
  import: [
    async () => (await import('./import/measure-import.ts')).measureImport,
    async () => (await import('./import/measure-online-retail.ts')).measureOnlineRetail,
  ],
};

/** Of what runs in this process alone. */
const WITHOUT_SERVER: Readonly<Record<string, () => Promise<() => Promise<Measure[]>>>> = {
  receipt: async () => (await import('./receipt/measure-receipt.ts')).measureReceipt,
};

const all = [...Object.keys(WITHOUT_SERVER), ...Object.keys(BENCHES)];
/** The parts of one bench, asked for by name alone. */
const whole = all.filter((name) => !name.startsWith('segments-'));
const names = process.argv.slice(2).length > 0 ? process.argv.slice(2) : whole;
const unknown = names.filter((name) => !all.includes(name));
if (unknown.length > 0) {
  say(`There is no bench ${unknown.join(', ')}; there are ${all.join(', ')}.`);
  process.exit(1);
}

for (const name of names) {
  const load = WITHOUT_SERVER[name];
  if (load !== undefined) publish(name, await (await load())());
}

const onServer = names.filter((name) => BENCHES[name] !== undefined);
if (onServer.length > 0) await measureOnServer(onServer);

async function measureOnServer(benches: readonly string[]): Promise<void> {
  const server = await startBenchServer();
  try {
    for (const name of benches) {
      const measures: Measure[] = [];
      for (const load of BENCHES[name] ?? []) measures.push(...(await (await load())(server)));
      publish(name, measures);
    }
  } finally {
    await server.stop();
  }
}
