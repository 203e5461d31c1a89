import { mayWriteAs } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { hashContent, idempotently } from '../../platform/database/idempotent.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { invalid, type InputProblem } from '../../platform/errors.ts';
import {
  eventReader,
  isRejected,
  type EventInput,
  type ReadEvent,
  type RejectedEvent,
} from './read-event.ts';
import { tellRecorded } from './tell-live.ts';
import type { EventResult, EventsRecorded, RecordEvents, Stored } from './event-batch.ts';
import { reportEvents } from './report-events.ts';
import { storeEvents } from './store-events.ts';

const MOST_EVENTS = 1_000;
const LONGEST_SOURCE = 100;

/**
 * Behaviour of shoppers and of visitors nobody knows yet, late and in any order: what counts is when it happened. Each
 * event is judged on its own, a wrong one never stops its neighbours. One and the same (source, id) is stored once:
 * again with the same content it is UNCHANGED, with other content a CONFLICT, whoever it was said to be of.
 *
 * An event that names a person is theirs; one that names only a device belongs to whom the device belongs to, else to
 * a visitor made for it. Both together give the device to the person (see `joinDevice`).
 * @throws InvalidInput for the call as a whole: too many, or a source that is not the caller's
 * @throws IdempotencyConflict
 */
export async function recordEvents(ctx: Context, input: RecordEvents): Promise<EventsRecorded> {
  checkCall(ctx, input);
  const source = input.source.trim();
  const read = await eventReader(ctx, source, input.batchId !== undefined);
  const events = input.events.map(read);
  const work = async (tx: Context): Promise<EventsRecorded> => {
    const stored = await storeEvents(tx, { ...input, source, read: events });
    const results = resultsOf(input.events, events, stored);
    if (!input.dryRun) await reportEvents(tx, { ...input, source }, results);
    return { __typename: 'EventsRecorded', results };
  };
  if (input.dryRun) return undone(ctx, work);
  const recorded = await once(
    ctx,
    { requestId: input.requestId, source, inputs: input.events, events },
    work,
  );
  if (recorded.results.some(({ status }) => status === 'CREATED')) tellRecorded(ctx);
  return recorded;
}

interface OneCall {
  readonly requestId: string | null | undefined;
  readonly source: string;
  readonly inputs: readonly EventInput[];
  readonly events: readonly (ReadEvent | RejectedEvent)[];
}

/** @throws IdempotencyConflict */
function once(
  ctx: Context,
  { requestId, source, inputs, events }: OneCall,
  work: (tx: Context) => Promise<EventsRecorded>,
): Promise<EventsRecorded> {
  if (!requestId) return work(ctx);
  const contentHash = hashContent(
    events.map((event, index) => (isRejected(event) ? inputs[index] : [event.id, event.content])),
  );
  return idempotently(
    ctx,
    { scope: `source:${source}`, operation: 'recordEvents', requestId, contentHash },
    work,
  );
}

/** Does the work and takes it back. */
async function undone<Answer>(ctx: Context, work: (tx: Context) => Promise<Answer>): Promise<Answer> {
  const tried: { answer?: Answer } = {};
  const enough = new Error('a dry run is over');
  await inTransaction(ctx, async (tx) => {
    tried.answer = await work(tx);
    throw enough;
  }).catch((error: unknown) => {
    if (error !== enough) throw error;
  });
  return tried.answer as Answer;
}

function checkCall(ctx: Context, { source, requestId, events }: RecordEvents): void {
  if (source.trim() === '') throw invalid('source', 'REQUIRED', 'names the system that writes');
  if (source.length > LONGEST_SOURCE)
    throw invalid('source', 'RANGE', `has ${LONGEST_SOURCE} characters at most`);
  if (!mayWriteAs(ctx.actor, source.trim()))
    throw invalid('source', 'UNKNOWN', 'is not a source of this caller');
  if (requestId !== null && requestId !== undefined && (requestId === '' || requestId.length > 200)) {
    throw invalid('requestId', 'RANGE', 'has 1 to 200 characters');
  }
  if (events.length > MOST_EVENTS) throw invalid('events', 'TOO_MANY', `at most ${MOST_EVENTS} a call`);
}

const NOBODY: InputProblem = { path: ['profile'], code: 'UNKNOWN', message: 'nobody is known by this' };
const OTHER: InputProblem = {
  path: ['id'],
  code: 'MISMATCH',
  message: 'was recorded before with another kind, moment or properties',
};

function resultsOf(
  inputs: readonly EventInput[],
  events: readonly (ReadEvent | RejectedEvent)[],
  stored: Stored,
): EventResult[] {
  const first = new Map<string, ReadEvent>();
  return events.map((event, index) => {
    const id = inputs[index]?.id ?? '';
    if (isRejected(event)) return { id, status: 'REJECTED', problems: event.problems };
    if (stored.unknown.has(event.id)) return { id, status: 'REJECTED', problems: [NOBODY] };
    const before = first.get(event.id)?.content ?? stored.known.get(event.id);
    first.set(event.id, first.get(event.id) ?? event);
    if (before === undefined) return { id, status: 'CREATED', problems: [] };
    return before === event.content
      ? { id, status: 'UNCHANGED', problems: [] }
      : { id, status: 'CONFLICT', problems: [OTHER] };
  });
}
