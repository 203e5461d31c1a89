import { sql } from 'kysely';
import type { Context } from '../platform/context.ts';
import type { MessageChannel } from './message.ts';

/** How messages of one way out go; of the last 24 hours where nothing else is said. */
export interface ChannelHealth {
  channel: MessageChannel;
  /** Not sent yet, whenever they were made. */
  waiting: number;
  sentToday: number;
  failedToday: number;
  lastSentAt: Date | null;
  /** Why the last one that failed did. */
  lastFailure: string | null;
}

const DAY_MS = 86_400_000;

/** Only ways out that anything was sent by, or waits for. */
export async function channelHealth({ sql: db, clock }: Context): Promise<ChannelHealth[]> {
  const since = new Date(clock.now().getTime() - DAY_MS);
  const { rows } = await sql<ChannelHealth>`
    select channel, count(*) filter (where state in ('QUEUED', 'SENDING')) as waiting,
      count(*) filter (where sent_at >= ${since}) as "sentToday",
      count(*) filter (where state = 'FAILED' and created_at >= ${since}) as "failedToday",
      max(sent_at) as "lastSentAt",
      (array_agg(failure order by created_at desc) filter (where failure is not null and created_at >= ${since}))[1] as "lastFailure"
    from message where created_at >= ${since} or state in ('QUEUED', 'SENDING')
    group by channel order by channel`.execute(db);
  return rows;
}
