import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { canonical, type RowColumn } from './feature.ts';
import type { Fragment } from './fragment.ts';
import { withinMomentsSql, type WithinMomentsSql } from './moments.ts';
import type { Surroundings } from './surroundings.ts';
import type { Moments } from '@clientele/shared/segments';

/** @param about tells it from all others of its source */
export function rowColumn(about: unknown, value: Fragment): RowColumn {
  return {
    name: `c_${createHash('sha256').update(canonical(about)).digest('hex').slice(0, 16)}`,
    sql: value,
  };
}

/** Columns `r.occurred_at` and `r.zone` of a row against moments: as columns of their own, and how they are named. */
export function withinRows(
  moments: Moments,
  surroundings: Surroundings,
): WithinMomentsSql & { readonly columns: readonly RowColumn[] } {
  const { within, changesAt } = withinMomentsSql(moments, sql`r.occurred_at`, sql`r.zone`, surroundings);
  if (moments.kind === 'ALWAYS') return { within, changesAt, columns: [] };
  const isWithin = rowColumn({ within: moments }, within);
  if (changesAt === null) return { within: valueOf(isWithin), changesAt: null, columns: [isWithin] };
  const changes = rowColumn({ changes: moments }, changesAt);
  return { within: valueOf(isWithin), changesAt: valueOf(changes), columns: [isWithin, changes] };
}

function valueOf({ name }: RowColumn): Fragment {
  return sql.raw(`r.${name}`);
}
