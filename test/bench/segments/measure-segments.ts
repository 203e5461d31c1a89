import { say, type Measure } from '../harness/results.ts';
import type { BenchServer } from '../harness/server.ts';
import { openCompany } from '../harness/company.ts';
import { query } from '../harness/server.ts';
import { aTillFixture, type TillFixture } from '../till/fixture.ts';
import { openChain, type Chain } from './chain.ts';
import { measureFull } from './measure-full.ts';
import { LIVE_ORDERS, liveMeasures, runLive, type LiveFigures } from './measure-live.ts';
import { computeAll, DIRTY, membershipMeasures, timeDirty } from './measure-membership.ts';
import { measurePreview } from './measure-preview.ts';
import { largeVolume, makeVolume, type VolumeDatabase } from './volume.ts';

const FEW = 10_000;

/** Q9: one segment at a time. */
export function measureSegmentPreview(server: BenchServer): Promise<Measure[]> {
  return withChain(() => largeVolume(server), measurePreview);
}

/** Q10: all of everybody. */
export function measureSegmentsInFull(server: BenchServer): Promise<Measure[]> {
  return withChain(() => largeVolume(server), measureFull);
}

/** Q11: those whose segments may be others now, and what membership costs to keep. */
export function measureMembership(server: BenchServer): Promise<Measure[]> {
  return withChain(
    () => largeVolume(server),
    async (chain) => membershipMeasures(chain, await computeAll(chain)),
  );
}

/** Q12: purchases come in and segments follow. */
export function measureSegmentsLive(server: BenchServer): Promise<Measure[]> {
  return withChain(
    () => largeVolume(server),
    async (chain, fixture) => {
      await computeAll(chain);
      return liveMeasures(await runLive(chain, fixture));
    },
  );
}

/** Q21: the same with few people and with many. */
export async function measureGrowth(server: BenchServer): Promise<Measure[]> {
  const few = await withChain(() => makeVolume(server, FEW), measureSize);
  const many = await withChain(() => largeVolume(server), measureSize);
  return growth(few, many);
}

interface SizeFigures {
  readonly people: number;
  readonly dirty: number;
  readonly live: LiveFigures;
}

async function measureSize(chain: Chain, fixture: TillFixture): Promise<SizeFigures> {
  await computeAll(chain);
  return { people: chain.people, dirty: await timeDirty(chain), live: await runLive(chain, fixture) };
}

function growth(few: SizeFigures, many: SizeFigures): Measure[] {
  const ratio = (name: string, value: number): Measure => ({
    target: 'Q21',
    name: `${name}, ${many.people.toLocaleString('en-US')} people / ${few.people.toLocaleString('en-US')}`,
    value,
    unit: '',
    floor: 2,
    goal: 1.2,
    better: 'LESS',
  });
  return [
    ratio(`${DIRTY} people looked at anew`, many.dirty / few.dirty),
    ratio('order committed → member, p95', many.live.enteredP95 / few.live.enteredP95),
    ratio('commit at a till, p50', many.live.commitP50 / few.live.commitP50),
    ratio('preview at a till, p50', many.live.previewP50 / few.live.previewP50),
  ];
}

/** Everything of one company, made once. */
export async function measureSegments(server: BenchServer): Promise<Measure[]> {
  const few = await withChain(() => makeVolume(server, FEW), measureSize);
  return withChain(
    () => largeVolume(server),
    async (chain, fixture) => {
      const preview = await measurePreview(chain);
      const full = await measureFull(chain);
      const membership = await membershipMeasures(chain, await computeAll(chain));
      const live = await runLive(chain, fixture);
      const many = { people: chain.people, dirty: await timeDirty(chain), live };
      return [...preview, ...full, ...membership, ...liveMeasures(live), ...growth(few, many)];
    },
  );
}

async function withChain<Result>(
  make: () => Promise<VolumeDatabase>,
  work: (chain: Chain, fixture: TillFixture) => Promise<Result>,
): Promise<Result> {
  const volume = await make();
  try {
    // Tills first: goods they bring along would have everybody looked at anew.
    const fixture = await tillFixture(volume.url);
    const chain = await openChain(volume);
    say(`${chain.people.toLocaleString('en-US')} people, ${chain.segments.length} segments.`);
    try {
      return await work(chain, fixture);
    } finally {
      await chain.close();
    }
  } finally {
    await volume.stop();
  }
}

/** Of an earlier run in the same folder: numbers are used anew. */
const FORGET_TILLS = [
  'drop table if exists bench_shopper',
  'delete from visit',
  `delete from product where source = 'bench'`,
  `delete from receipt_key where fiscal_drive = '9999'`,
  `delete from idempotency_record where key like 'b%'`,
];

async function tillFixture(url: string): Promise<TillFixture> {
  const owner = await openCompany(url, null);
  try {
    for (const statement of FORGET_TILLS) await query(url, statement);
    const fixture = await aTillFixture(owner.ctx, LIVE_ORDERS);
    await query(url, 'analyze profile, orders, order_line, loyalty_account, lot');
    return fixture;
  } finally {
    await owner.close();
  }
}
