import { EVERYBODY, leavesOfCompany, matchingStatement } from '@clientele/api/src/segments/index.ts';
import { Client } from 'pg';
import { median, say, type Measure } from '../harness/results.ts';
import type { Chain } from './chain.ts';
import { MODEL } from './chain.ts';
import { surroundingsOf } from './measure-full.ts';
import { handWritten } from './reference/preview-sql.ts';
import { timed } from './timing.ts';

const ROUNDS = 5;

/** Q9: one segment counted, against the statement somebody writes for that question alone. */
export async function measurePreview(chain: Chain): Promise<Measure[]> {
  const surroundings = await surroundingsOf(chain);
  const client = new Client({ connectionString: chain.url });
  await client.connect();
  const ratios: { key: string; ratio: number; engine: number }[] = [];
  try {
    await client.query('set statement_timeout = 0');
    for (const [key, text] of handWritten(surroundings.now, MODEL.bounds)) {
      const segment = chain.segments.find((one) => one.key === key);
      if (segment === undefined) throw new Error(`no segment ${key}`);
      const { sql, parameters } = matchingStatement(
        segment.condition,
        leavesOfCompany(chain.ctx),
        EVERYBODY,
        surroundings,
      ).compile(chain.ctx.sql);
      const ways = {
        hand: () => count(client, `select count(*)::int as found from (${text}) hand`),
        engine: () => count(client, `select count(*)::int as found from (${sql}) engine`, parameters),
      };
      ratios.push(await compare(key, segment.name, ways));
    }
  } finally {
    await client.end();
  }
  return [
    {
      target: 'Q9',
      name: 'one segment counted / the statement written by hand, median of all',
      value: median(ratios.map(({ ratio }) => ratio)),
      unit: '',
      floor: 2,
      goal: 1.3,
      better: 'LESS',
      note: ratios.map(({ key, ratio }) => `${key} ${ratio.toFixed(2)}`).join(' · '),
    },
    {
      target: '',
      name: 'the slowest of them',
      value: Math.max(...ratios.map(({ ratio }) => ratio)),
      unit: '',
    },
    {
      target: '',
      name: 'one segment counted, the slowest by time',
      value: Math.max(...ratios.map(({ engine }) => engine)),
      unit: 'ms',
    },
  ];
}

interface Ways {
  readonly hand: () => Promise<number>;
  readonly engine: () => Promise<number>;
}

/** One after the other, so that whatever else the machine does meets both. */
async function compare(
  key: string,
  name: string,
  ways: Ways,
): Promise<{ key: string; ratio: number; engine: number }> {
  const [hand, engine] = [await ways.hand(), await ways.engine()];
  if (hand !== engine) throw new Error(`"${name}": ${hand} people by hand, ${engine} by the engine`);
  const rounds: { hand: number; engine: number }[] = [];
  for (let round = 0; round < ROUNDS; round += 1)
    rounds.push({ hand: (await timed(ways.hand)).ms, engine: (await timed(ways.engine)).ms });
  const ratio = median(rounds.map((round) => round.engine / round.hand));
  const took = median(rounds.map((round) => round.engine));
  say(
    `  ${name}: ${engine.toLocaleString('en-US')} people, ${took.toFixed(0)} ms, ${ratio.toFixed(2)} × by hand`,
  );
  return { key, ratio, engine: took };
}

async function count(client: Client, text: string, parameters: readonly unknown[] = []): Promise<number> {
  const { rows } = await client.query<{ found: number }>(text, [...parameters]);
  return rows[0]?.found ?? Number.NaN;
}
