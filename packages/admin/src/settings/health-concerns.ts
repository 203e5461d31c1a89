import type { Health } from './operations/system.ts';

const SLOW_LOOP_MS = 100;
const LITTLE_FREE = 0.1;
const OUTBOX_LATE_MS = 60_000;
const MOST_CONNECTIONS = 0.8;

/** What a person should look at, the most pressing first; words are `settings.health.concerns.*`. */
export function concernsOf({ disk, database, outbox, worker, process, channels, now }: Health): string[] {
  const late = outbox.oldestAt === null ? 0 : Date.parse(now) - Date.parse(outbox.oldestAt);
  const found: [string, boolean][] = [
    ['disk', disk !== null && disk.freeBytes < disk.totalBytes * LITTLE_FREE],
    ['outboxFailing', outbox.failing > 0],
    ['outboxLate', late > OUTBOX_LATE_MS],
    ['jobsGaveUp', worker.failed.some(({ gaveUp }) => gaveUp)],
    ['channels', channels.some(({ failedToday, sentToday }) => failedToday > sentToday)],
    ['connections', database.connections > database.connectionsAtMost * MOST_CONNECTIONS],
    ['loop', process.eventLoopDelayP99Ms > SLOW_LOOP_MS],
  ];
  return found.filter(([, is]) => is).map(([name]) => name);
}
