import type { Context } from '../../platform/context.ts';

/** One thing that happened to or around a shopper. People's words are made in the client from kind and facts. */
export interface TimelineEntry {
  /** Unique within its kind. */
  id: string;
  /** e.g. `ORDER`, `POINTS`, `CONSENT`. */
  kind: string;
  at: Date;
  /** Plain values by name; ids of the API, never a contact in the clear. */
  facts: Record<string, unknown>;
}

/** Up to where a page of the timeline has come; entries are older than it. */
export interface TimelinePlace {
  at: Date;
  id: string;
}

/**
 * A kind of entries, told by the room that owns them in its `timeline.ts`; the list of all is `src/timeline-kinds.ts`.
 */
export interface TimelineKind {
  kind: string;
  /**
   * The newest entries before a place, ordered by (at, id) descending. One statement, whatever the number of profiles.
   * @param profileIds the shopper's and those merged into them
   * @param scopes what the caller may see; a kind answers nothing to who may not
   */
  page(
    ctx: Context,
    profileIds: readonly string[],
    before: TimelinePlace | null,
    limit: number,
    scopes: ReadonlySet<string>,
  ): Promise<TimelineEntry[]>;
}
