import { indexesIn } from '../../profiles/index.ts';
import type { Context } from '../../platform/context.ts';
import { reportCounts, reportIntake } from '../../platform/intake/index.ts';
import type { EventResult, RecordEvents } from './event-batch.ts';

/**
 * Tells the exchange monitor of a batch; what was refused stays there to be corrected and replayed. Of an import it is
 * told in counts: its refused rows stand in the import's own error file.
 */
export async function reportEvents(
  tx: Context,
  { source, events, batchId }: RecordEvents,
  results: readonly EventResult[],
): Promise<void> {
  if (batchId === undefined) {
    await reportIntake(tx, {
      kind: 'EVENTS',
      source,
      about: (input) => indexesIn(tx, source, input),
      records: results.map(({ id, status, problems }, index) => ({
        key: id,
        status,
        problems,
        input: events[index],
      })),
    });
    return;
  }
  const count = (statuses: readonly string[]): number =>
    results.filter(({ status }) => statuses.includes(status)).length;
  await reportCounts(tx, {
    kind: 'EVENTS',
    source,
    accepted: count(['CREATED', 'UPDATED', 'WAITING']),
    unchanged: count(['UNCHANGED']),
    refused: count(['REJECTED', 'CONFLICT']),
  });
}
