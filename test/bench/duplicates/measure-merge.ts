import { globalId } from '@clientele/api/src/platform/graphql/global-id.ts';
import { newId } from '@clientele/api/src/platform/ids.ts';
import { mergeProfiles, scanDuplicates, undoMerge } from '@clientele/api/src/profiles/index.ts';
import { SHOPPER_ROWS } from '@clientele/api/src/shopper-rows.ts';
import { openCompany } from '../harness/company.ts';
import type { Measure } from '../harness/results.ts';
import type { BenchServer } from '../harness/server.ts';

const ORDERS = 5_000;
const LINES = 4;
const LOTS = 500;
const PEOPLE = 20_000;

/** A person with years of purchases is merged and parted again; a base is looked through for duplicates. */
export async function measureMerge(server: BenchServer): Promise<Measure[]> {
  const { ctx, close } = await openCompany(await server.database('merge'));
  try {
    const [survivor, other] = [newId(), newId()];
    const now = ctx.clock.now();
    const program = newId();
    await ctx.database.pool.query(
      `insert into public.profile (id, kind, given_name, family_name, created_at, updated_at)
      values ($1, 'PERSON', 'Анна', 'Иванова', $2, $2), ($3, 'PERSON', 'Анна', 'Иванова', $2, $2)`,
      [survivor, now, other],
    );
    for (let lot = 0; lot < LOTS; lot += 1) {
      await ctx.database.pool.query(
        `select public.loyalty_earn($1, $2, 'IMPORT', null, null, 10, $3, $3, null, $3)`,
        [other, program, now],
      );
    }
    await fillOrders(ctx, other);
    await ctx.database.pool.query(`analyze`);
    const began = performance.now();
    const { mergeId } = await mergeProfiles(ctx, SHOPPER_ROWS, {
      requestId: newId(),
      survivorId: globalId('Profile', survivor),
      otherId: globalId('Profile', other),
      choices: [],
      survivorVersion: null,
      otherVersion: null,
    });
    const merged = performance.now();
    await undoMerge(ctx, SHOPPER_ROWS, { requestId: newId(), mergeId, whatRemains: false, notSame: true });
    const parted = performance.now();
    const about = `${ORDERS} orders, ${ORDERS * LINES} lines, ${LOTS} lots`;
    return [
      {
        target: '',
        name: `merge of a person with ${about}`,
        value: (merged - began) / 1000,
        unit: 's',
        floor: 2,
        goal: 1,
        better: 'LESS',
      },
      { target: '', name: 'and its undoing, row for row', value: (parted - merged) / 1000, unit: 's' },
      ...(await measureScan(ctx)),
    ];
  } finally {
    await close();
  }
}

type Ctx = Awaited<ReturnType<typeof openCompany>>['ctx'];

async function fillOrders(ctx: Ctx, profileId: string): Promise<void> {
  const now = ctx.clock.now();
  await ctx.database.pool.query(
    `
    insert into public.orders (profile_id, id, source, external_id, store_id, channel, state, mode, occurred_at, posted_at,
      currency, gross, discount, points_discount, to_pay, points_spent, planned_earn, earned, revision, content_hash)
    select $1, uuidv7(), 'bench', n::text, $2, 'STORE', 'COMMITTED', 'IMPORT', $3, $3,
      'RUB', 400000, 0, 0, 400000, 0, 0, 0, 1, ''
    from generate_series(1, $4) n`,
    [profileId, newId(), now, ORDERS],
  );
  await ctx.database.pool.query(
    `insert into public.order_key (source, external_id, store_id, profile_id, order_id)
    select source, external_id, store_id, profile_id, id from public.orders where profile_id = $1`,
    [profileId],
  );
  await ctx.database.pool.query(
    `
    insert into public.order_line (profile_id, order_id, number, sku, kind, quantity_milli, unit_price, gross, discount,
      points_discount, to_pay, min_unit_price, earnable, redeemable, earn_base, earn_share, discounts, print_lines, goods)
    select profile_id, id, n, 'goods', 'GOODS', 1000, 100000, 100000, 0, 0, 100000, 0, true, true, 0, 0, '[]', '[]', '{}'
    from public.orders, generate_series(1, $1) n where profile_id = $2`,
    [LINES, profileId],
  );
}

/** Names by the thousand, a twentieth of the people twice with a slip of the finger. */
async function measureScan(ctx: Ctx): Promise<Measure[]> {
  await ctx.database.pool.query(
    `
    insert into public.profile (id, kind, given_name, family_name, birth_date, created_at, updated_at)
    select uuidv7(), 'PERSON', 'Имя' || chr(1072 + n % 20) || chr(1072 + n % 7), 'Фам' || chr(1072 + n % 31) || chr(1072 + (n / 31) % 31) || 'ов',
      case when n % 20 = 0 and twin = 2 then date '1950-01-01' + (n * 7919 % 20000) + 1 else date '1950-01-01' + (n * 7919 % 20000) end, now(), now()
    from generate_series(1, $1) n, generate_series(1, 2) twin where twin = 1 or n % 20 = 0`,
    [PEOPLE],
  );
  await ctx.database.pool.query(`analyze`);
  const began = performance.now();
  const done = await scanDuplicates.run(ctx, {}, () => undefined, new AbortController().signal, {
    id: newId(),
  });
  const seconds = (performance.now() - began) / 1000;
  const { people = 0, pairs = 0 } = (done?.result ?? {}) as { people?: number; pairs?: number };
  return [
    {
      target: '',
      name: 'people looked through for duplicates',
      value: people / seconds,
      unit: '/s',
      note: `${people} people, ${pairs} pairs put into the queue`,
    },
  ];
}
