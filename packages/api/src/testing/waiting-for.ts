import { sql } from 'kysely';
import type { Sql } from '../platform/database/database.ts';

/** Until somebody stands behind the lock this transaction holds. @throws Error when nobody ever does */
export async function waitingFor(tx: Sql): Promise<void> {
  for (let look = 0; look < 2_000; look += 1) {
    const { rows } = await sql<{ waiting: number }>`
      select count(*) as waiting from pg_stat_activity
      where datname = current_database() and pg_backend_pid() = any(pg_blocking_pids(pid))`.execute(tx);
    if ((rows[0]?.waiting ?? 0) > 0) return;
  }
  throw new Error('nobody waits');
}
