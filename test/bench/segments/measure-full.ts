import {
  leavesOfCompany,
  membershipStatement,
  readSurroundings,
  type Scope,
  type Surroundings,
} from '@clientele/api/src/segments/index.ts';
import { chunksOf } from '@clientele/api/src/segments/passes/chunks.ts';
import { Client } from 'pg';
import { median, say, type Measure } from '../harness/results.ts';
import type { Chain } from './chain.ts';
import { MODEL } from './chain.ts';
import { combinedSql } from './reference/combined-sql.ts';
import { timed } from './timing.ts';

/** A large company takes minutes a round. */
const roundsOver = ({ people }: Chain): number => (people > 100_000 ? 1 : 3);

/** Both do it with the same room to sort in, and planned as `readInBulk` has the product's own pass planned. */
const SETTINGS = `set work_mem = '64MB'; set statement_timeout = 0; set enable_nestloop = off; set jit = off`;

const OWN = [
  'orders',
  'order_line',
  'order_return',
  'return_line',
  'event',
  'lot',
  'loyalty_account',
  'identity',
] as const;
const FAMILY = ['consent', 'promo_code_use'] as const;

/** Q10: every segment of everybody, against one statement written by hand; who is in which must be the same. */
export async function measureFull(chain: Chain): Promise<Measure[]> {
  const surroundings = await surroundingsOf(chain);
  const client = new Client({ connectionString: chain.url });
  await client.connect();
  try {
    await client.query(SETTINGS);
    const done: { engine: number; hand: number }[] = [];
    for (let round = 1; round <= roundsOver(chain); round += 1) {
      const hand = await byHand(client, chain, surroundings.now);
      const engine = await byEngine(client, chain, surroundings);
      say(
        `  round ${round}: by hand ${(hand / 1000).toFixed(1)} s, the engine ${(engine / 1000).toFixed(1)} s`,
      );
      done.push({ engine, hand });
    }
    const different = await differences(client, chain);
    return measures(done, chain, different);
  } finally {
    await client.end();
  }
}

export async function surroundingsOf({ ctx, segments }: Chain): Promise<Surroundings> {
  return readSurroundings(ctx, new Map(segments.map(({ id, condition }) => [id, condition])));
}

/** Chunk by chunk too: of all people at once it sorts gigabytes on disk. */
async function byHand(client: Client, { ctx, segments }: Chain, now: Date): Promise<number> {
  const text = combinedSql(segments, now, { days: MODEL.window.days, ...MODEL });
  await client.query(
    'drop table if exists by_hand; create temp table by_hand (profile_id uuid, segments int[])',
  );
  const { ms } = await timed(async () => {
    for (const scope of await chunksOf(ctx)) {
      await client.query(onlyOf(scope));
      await client.query(`insert into by_hand ${text}`);
      await client.query(
        `drop view ${[...OWN, ...FAMILY, 'profile'].map((name) => `pg_temp.${name}`).join(', ')}`,
      );
    }
  });
  return ms;
}

/** The tables under their own names, of these people alone; what stays with somebody merged away is the survivor's. */
function onlyOf(scope: Scope): string {
  if (!('from' in scope)) throw new Error('a range of people is meant');
  const within = (column: string): string =>
    `${column} >= '${scope.from}'${scope.to === null ? '' : ` and ${column} < '${scope.to}'`}`;
  return [
    `create temp view profile as select * from public.profile where (${within('id')}) or (${within('merged_into')})`,
    ...OWN.map(
      (table) => `create temp view ${table} as select * from public.${table} where ${within('profile_id')}`,
    ),
    ...FAMILY.map(
      (table) => `create temp view ${table} as select * from public.${table}
        where profile_id in (select id from public.profile where (${within('id')}) or (${within('merged_into')}))`,
    ),
  ].join('; ');
}

/** As the product's own pass does: chunk by chunk. */
async function byEngine(
  client: Client,
  { ctx, segments }: Chain,
  surroundings: Surroundings,
): Promise<number> {
  await client.query(`drop table if exists by_engine;
    create temp table by_engine (profile_id uuid, segments int[], next_check_at timestamptz)`);
  const { ms } = await timed(async () => {
    for (const scope of await chunksOf(ctx)) {
      const statement = await membershipStatement(segments, leavesOfCompany(ctx), scope, surroundings);
      const { sql, parameters } = statement.compile(ctx.sql);
      await client.query(`insert into by_engine ${sql}`, [...parameters]);
    }
  });
  return ms;
}

/** @returns by segment, how many people only one of them finds in it */
async function differences(client: Client, { segments }: Chain): Promise<number> {
  const { rows } = await client.query<{ number: number; hand: number; engine: number }>(
    `select number, count(*) filter (where hand and not engine)::int as hand,
       count(*) filter (where engine and not hand)::int as engine
     from (
       select profile_id, number, bool_or(hand) as hand, bool_or(not hand) as engine
       from (select profile_id, unnest(segments) as number, true as hand from by_hand
         union all select profile_id, unnest(segments), false from by_engine) found
       group by profile_id, number) told
     where not (hand and engine) group by number order by number`,
  );
  for (const { number, hand, engine } of rows)
    say(`  "${segments[number - 1]?.name ?? number}": ${hand} only by hand, ${engine} only by the engine`);
  return rows.reduce((sum, { hand, engine }) => sum + hand + engine, 0);
}

function measures(
  rounds: readonly { engine: number; hand: number }[],
  { people, segments }: Chain,
  different: number,
): Measure[] {
  return [
    {
      target: 'Q10',
      name: `${segments.length} segments of ${people.toLocaleString('en-US')} people / by hand`,
      value: median(rounds.map(({ engine, hand }) => engine / hand)),
      unit: '',
      floor: 2,
      goal: 1.4,
      better: 'LESS',
      note: 'the engine also tells when each person changes by time alone; the hand-written statement does not',
    },
    {
      target: '',
      name: 'by the engine',
      value: median(rounds.map(({ engine }) => engine / 1_000)),
      unit: 's',
    },
    { target: '', name: 'by hand', value: median(rounds.map(({ hand }) => hand / 1_000)), unit: 's' },
    {
      target: '',
      name: 'memberships that differ between the two',
      value: different,
      unit: '',
      floor: 0,
      better: 'LESS',
    },
  ];
}
