import { quantile, say, type Measure } from '../harness/results.ts';
import { query, type BenchServer } from '../harness/server.ts';

const ACCOUNTS = 450_000;
const LOTS = 2;
const ROUNDS = 5;
const PROGRAM = '00000000-0000-7000-8000-000000000001';
const NOW = '2026-11-22T09:00:00Z';
const PROFILE = `('00000000-0000-7000-9000-' || lpad(to_hex(n), 12, '0'))::uuid`;

/** What the liability page reads, over 450,000 accounts: open points by month, and a year of what became of points. */
export async function measureLiability(server: BenchServer): Promise<Measure[]> {
  const url = await server.database('liability');
  say(`Making ${ACCOUNTS} accounts with ${LOTS} lots, journals and their entries each …`);
  for (const statement of base()) await query(url, statement);
  const zone = `'Europe/Moscow'`;
  return [
    await measure('open points by month, all accounts', () =>
      query(url, `select public.liability_of('${PROGRAM}', ${zone}, '${NOW}')`),
    ),
    await measure('flow of all time, by month (once)', () =>
      query(url, `select public.points_flow('${PROGRAM}', ${zone}, '2000-01-01')`),
    ),
    await measure('flow of the last two months (every hour)', () =>
      query(url, `select public.points_flow('${PROGRAM}', ${zone}, '2026-10-01')`),
    ),
  ];
}

async function measure(name: string, run: () => Promise<unknown>): Promise<Measure> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const began = performance.now();
    await run();
    times.push(performance.now() - began);
  }
  return { target: '', name, value: Math.round(quantile(times, 0.5)), unit: 'ms' };
}

function id(kind: number): string {
  return `('00000000-0000-7000-a00${kind}-' || lpad(to_hex(n * 16 + k), 12, '0'))::uuid`;
}

/** Straight into the tables: only their size matters here. */
function base(): string[] {
  const each = `generate_series(1, ${ACCOUNTS}) n, generate_series(1, ${LOTS}) k`;
  const at = `timestamptz '2025-12-01' + make_interval(days => (n * 7 + k * 83) % 355)`;
  return [
    `insert into loyalty_account (profile_id, program_id, active, revision, opened_at)
     select ${PROFILE}, '${PROGRAM}', ${LOTS} * 50, ${LOTS}, '2025-12-01' from generate_series(1, ${ACCOUNTS}) n`,
    `insert into lot (profile_id, id, program_id, source, granted, active, earned_at, activate_at, expire_at)
     select ${PROFILE}, ${id(1)}, '${PROGRAM}', 'ORDER', 60, 50, ${at}, ${at} + interval '14 days',
       case when k > 1 then ${at} + interval '365 days' end from ${each}`,
    `insert into loyalty_journal (profile_id, id, program_id, revision, kind, points, occurred_at, posted_at, actor,
       active_after, pending_after, held_after, debt_after)
     select ${PROFILE}, ${id(2)}, '${PROGRAM}', k, case when k = ${LOTS} then 'CAPTURE' else 'ACTIVATE' end, 60, ${at}, ${at},
       'bench', 60, 0, 0, 0 from ${each}`,
    `insert into loyalty_entry (profile_id, journal_id, number, account, lot_id, amount)
     select ${PROFILE}, ${id(2)}, side, case when k = ${LOTS} then (array['member.held', 'program.redeemed'])[side]
       else (array['member.pending', 'member.active'])[side] end, ${id(1)}, case side when 1 then -60 else 60 end
     from ${each}, generate_series(1, 2) side`,
    'vacuum analyze lot',
    'vacuum analyze loyalty_journal',
    'vacuum analyze loyalty_entry',
  ];
}
