import type { InputProblem } from '../../platform/errors.ts';
import type { RecordStatus } from '../../platform/graphql/record-status.ts';
import type { EventInput } from './read-event.ts';

export interface RecordEvents {
  requestId?: string | null | undefined;
  source: string;
  events: readonly EventInput[];
  /** Of an import, so that it can be undone; its events may be of any age. */
  batchId?: string | undefined;
  /** Tells what would become of each and changes nothing. */
  dryRun?: boolean | undefined;
}

export interface EventResult {
  /** As it was sent. */
  id: string;
  status: RecordStatus;
  problems: InputProblem[];
}

export interface EventsRecorded {
  __typename: 'EventsRecorded';
  results: EventResult[];
}

/** What became of the events that could be read: of each id once. */
export interface Stored {
  readonly created: ReadonlySet<string>;
  /** Nobody is known by the person they name. */
  readonly unknown: ReadonlySet<string>;
  /** Hashes of those that were stored before, by id. */
  readonly known: ReadonlyMap<string, string>;
}
