import type { Tone } from '../ui/tones.ts';
import type { ImportRunRow } from './operations.ts';

const STATUSES = ['CREATED', 'UPDATED', 'UNCHANGED', 'CONFLICT', 'REJECTED'] as const;
export type RowStatus = (typeof STATUSES)[number];

/** The report of a run, as the server keeps it. */
export interface Report {
  rows: number;
  counts: Record<RowStatus, number>;
  reasons: { column: string | null; code: string; rows: number }[];
  skippedValues: number;
  errorRows: number;
  totals: Record<string, number>;
}

export function reportOf({ report }: Pick<ImportRunRow, 'report'>): Report | null {
  const told = report as Partial<Report> | null;
  if (told?.counts === undefined) return null;
  return {
    rows: told.rows ?? 0,
    counts: told.counts,
    reasons: told.reasons ?? [],
    skippedValues: told.skippedValues ?? 0,
    errorRows: told.errorRows ?? 0,
    totals: told.totals ?? {},
  };
}

export function refusedRows({ counts }: Pick<Report, 'counts'>): number {
  return counts.REJECTED + counts.CONFLICT;
}

/** Money among the totals: `liability.RUB`, minor units → currency and decimal text. */
export function liabilityOf({ totals }: Pick<Report, 'totals'>): { currency: string; amount: string } | null {
  const [name, minor] = Object.entries(totals).find(([each]) => each.startsWith('liability.')) ?? [];
  if (name === undefined || minor === undefined) return null;
  return { currency: name.slice('liability.'.length), amount: (minor / 100).toFixed(2) };
}

const TONES: Record<string, Tone> = { RUNNING: 'accent', DONE: 'ok', FAILED: 'bad', CANCELLED: 'warn' };

/** How a run went, told in a word and a colour. */
export function stateOf(run: Pick<ImportRunRow, 'state' | 'undoneAt' | 'report'>): {
  key: string;
  tone: Tone;
} {
  if (run.undoneAt !== null) return { key: 'UNDONE', tone: 'neutral' };
  const report = reportOf(run);
  if (run.state === 'DONE' && report !== null && refusedRows(report) > 0)
    return { key: 'PARTLY', tone: 'warn' };
  return { key: run.state, tone: TONES[run.state] ?? 'neutral' };
}
