import pg from 'pg';
import { RequestError } from '../errors.ts';
import type { Log } from '../log.ts';
import { boundedQueue, type BoundedQueue } from './bounded-queue.ts';

/**
 * Something happened to what a topic names. The payload is small: who needs more reads it anew. All readers of a process
 * get the same object, so that what they read after it can be read once.
 */
export interface LiveMessage {
  topic: string;
  payload: unknown;
  /** Messages may have been lost before this one (the start of a subscription, a lost connection): read anew. */
  missed: boolean;
}

/** One connection of a process hears of every topic and tells the readers here. */
export interface Live {
  /**
   * Its first message is a `missed` one: what happened before the subscription is read, not told.
   * @throws RequestError UNAVAILABLE when the database cannot be heard within 2 seconds
   */
  subscribe(topics: readonly string[]): Promise<AsyncIterableIterator<LiveMessage>>;
  /** Readers there are now. */
  readonly readers: number;
  close(): Promise<void>;
}

export const LIVE_CHANNEL = 'clientele_live';

const KEPT_FOR_A_READER = 100;
const LISTEN_WITHIN_MS = 2_000;
const RECONNECT_MS = 500;

type Reader = BoundedQueue<LiveMessage>;

/** Connects at the first subscription; a process without readers keeps no connection for it. */
export function createLive({ url, log }: { url: string; log: Log }): Live {
  const readers = new Map<string, Set<Reader>>();
  const all = new Map<Reader, readonly string[]>();
  let closed = false;
  let heard = false;
  let client: pg.Client | null = null;
  let listening: Promise<void> | null = null;
  let again: NodeJS.Timeout | undefined;

  const tell = (topic: string, payload: unknown): void => {
    const message: LiveMessage = { topic, payload, missed: false };
    for (const reader of readers.get(topic) ?? []) reader.push(message);
  };
  const tellMissed = (): void => {
    for (const [reader, topics] of all) reader.push({ topic: topics[0] ?? '', payload: null, missed: true });
  };

  async function listen(): Promise<void> {
    const connection = new pg.Client({
      connectionString: url,
      application_name: 'clientele live',
      connectionTimeoutMillis: LISTEN_WITHIN_MS,
      keepAlive: true,
    });
    connection.on('error', () => lost(connection));
    connection.on('end', () => lost(connection));
    connection.on('notification', ({ payload }) => {
      const message = parsed(payload);
      if (message !== null) tell(message.topic, message.payload);
    });
    client = connection;
    try {
      await connection.connect();
      await connection.query(`listen ${LIVE_CHANNEL}`);
    } catch (error) {
      lost(connection);
      throw error;
    }
    if (heard) tellMissed();
    heard = true;
  }

  function lost(connection: pg.Client): void {
    if (client !== connection) return;
    client = null;
    listening = null;
    connection.end().catch(() => undefined);
    if (closed || all.size === 0) return;
    log.warn('the connection that hears of live changes was lost');
    again = setTimeout(() => void connected().catch(() => undefined), RECONNECT_MS);
  }

  function connected(): Promise<void> {
    listening ??= listen();
    return listening;
  }

  function add(topics: readonly string[]): Reader {
    const reader: Reader = boundedQueue<LiveMessage>(KEPT_FOR_A_READER, tooSlow, () => {
      all.delete(reader);
      for (const topic of topics) {
        readers.get(topic)?.delete(reader);
        if (readers.get(topic)?.size === 0) readers.delete(topic);
      }
    });
    all.set(reader, topics);
    for (const topic of topics) readers.set(topic, (readers.get(topic) ?? new Set()).add(reader));
    return reader;
  }

  return {
    async subscribe(topics) {
      if (closed) throw new RequestError('UNAVAILABLE', 'The server is stopping.', 1_000);
      const reader = add(topics);
      try {
        await connected();
      } catch {
        reader.end();
        throw new RequestError('UNAVAILABLE', 'Live changes cannot be heard right now.', 1_000);
      }
      reader.push({ topic: topics[0] ?? '', payload: null, missed: true });
      return reader;
    },
    get readers() {
      return all.size;
    },
    async close() {
      closed = true;
      clearTimeout(again);
      for (const reader of all.keys()) reader.end();
      const connection = client;
      client = null;
      await connection?.end().catch(() => undefined);
    },
  };
}

function tooSlow(): RequestError {
  return new RequestError('UNAVAILABLE', 'This reader was too slow; subscribe again.', 1_000);
}

function parsed(text: string | undefined): { topic: string; payload: unknown } | null {
  try {
    const message = JSON.parse(text ?? '') as { topic?: unknown; payload?: unknown };
    return typeof message.topic === 'string' ? { topic: message.topic, payload: message.payload } : null;
  } catch {
    return null;
  }
}
