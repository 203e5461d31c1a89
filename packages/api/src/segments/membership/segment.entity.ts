import type { Condition } from '@clientele/shared/segments';
import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';

export const SEGMENT_STATES = ['COMPUTING', 'LIVE', 'NEEDS_ATTENTION', 'ARCHIVED'] as const;
export type SegmentState = (typeof SEGMENT_STATES)[number];

/** What is wrong with a condition: it names something that is gone, or asks what cannot be. */
export interface SegmentProblem {
  /** From the condition inwards. */
  path: string[];
  code: string;
  message: string;
  /** What is gone: STORE, PRODUCT, SEGMENT … */
  kind?: string;
  value?: string;
}

/** People who fulfil a condition, always as of now. */
export const Segment = defineEntity({
  name: 'Segment',
  tableName: 'segment',
  properties: {
    id: p.uuid().primary(),
    /** For people; never changes. */
    ordinal: p.integer(),
    /**
     * Under which members stand in `profile_segment`. A condition that changed is computed under a number of its own
     * (`nextNumber`), and the swap is that one becoming this one.
     */
    number: p.smallint(),
    name: p.string().columnType('text'),
    description: p.string().columnType('text').default(''),
    /** As it was last saved. */
    condition: p.json<Condition>().columnType('jsonb'),
    /** What membership is computed by; null: not yet, or not any more. */
    liveCondition: p.json<Condition>().columnType('jsonb').nullable(),
    nextNumber: p.smallint().nullable(),
    state: p.enum(SEGMENT_STATES).columnType('text'),
    problems: p.json<SegmentProblem[]>().columnType('jsonb').defaultRaw("'[]'"),
    version: p.integer().default(1),
    /** Its transitions up to this position are kept no more; 0: all of them are. */
    forgottenPosition: p.bigint('number').default(0),
    /** That computes it now. */
    taskId: p.uuid().nullable(),
    /** When the condition of now became what holds. */
    computedAt: p.datetime().nullable(),
    createdAt: p.datetime(),
    /** Staff or key; null: the company was set up with it. */
    createdBy: p.uuid().nullable(),
    updatedAt: p.datetime(),
    updatedBy: p.uuid().nullable(),
    archivedAt: p.datetime().nullable(),
  },
  uniques: [
    { name: 'segment_ordinal', properties: ['ordinal'] },
    { name: 'segment_number', properties: ['number'] },
  ],
  indexes: [
    {
      name: 'segment_name',
      expression: `create unique index segment_name on segment (lower(name)) where archived_at is null`,
    },
    {
      name: 'segment_watched',
      expression: `create index segment_watched on segment (id) where live_condition is not null or next_number is not null`,
    },
  ],
});

/**
 * When the five minutes begin in which a person is due, as the index has them: equal keys share an entry, which takes a
 * third of the room. Midnight begins such five minutes everywhere on earth.
 */
export const DUE_FROM = `date_bin('5 minutes', next_check_at, timestamptz '2000-01-01 00:00:00+00')`;

/** In which segments a person is, by their numbers; one narrow row a person, so that a check of all rewrites little. */
export const ProfileSegment = defineEntity({
  name: 'ProfileSegment',
  tableName: 'profile_segment',
  properties: {
    profileId: p.uuid().primary(),
    /** Ascending. Numbers of no segment are left over from one that was swapped or archived, and mean nothing. */
    segments: p.array<number>().columnType('smallint[]').defaultRaw("'{}'"),
    /** The first moment some segment may change by time alone. */
    nextCheckAt: p.datetime().nullable(),
    /** Since when looking at this person fails: a mistake of ours, tried again every hour. */
    failedAt: p.datetime().nullable(),
  },
  indexes: [
    {
      name: 'profile_segment_members',
      // What is put off is little: it is looked through by every question, and its pages stay in the index.
      expression: `create index profile_segment_members on profile_segment using gin (segments)
        with (gin_pending_list_limit = 512)`,
    },
    {
      name: 'profile_segment_due',
      expression: `create index profile_segment_due on profile_segment (${DUE_FROM}) where next_check_at is not null`,
    },
    {
      name: 'profile_segment_failed',
      expression:
        'create index profile_segment_failed on profile_segment (profile_id) where failed_at is not null',
    },
  ],
});

/** Somebody entered a segment or left it: what journeys, subscriptions and the history of sizes follow. */
export const SegmentTransition = defineEntity({
  name: 'SegmentTransition',
  tableName: 'segment_transition',
  properties: {
    profileId: p.uuid().primary(),
    recordedAt: p.datetime().primary(),
    id: p.uuid().primary(),
    /** Order of writing; whoever has read up to one has missed none before it. */
    position: p.bigint('number').autoincrement(),
    segmentId: p.uuid(),
    entered: p.boolean(),
    /** When what made the difference was true. */
    occurredAt: p.datetime(),
    /** That was long before it was known. */
    late: p.boolean(),
  },
  partitionBy: {
    type: 'range',
    expression: 'recordedAt',
    partitions: [{ name: 'segment_transition_before_2000', values: "from (minvalue) to ('2000-01-01')" }],
  },
  indexes: [
    {
      name: 'segment_transition_feed',
      expression: 'create index segment_transition_feed on segment_transition (segment_id, position)',
    },
  ],
});

/**
 * Whose segments have to be looked at anew. Appended to by triggers; without uniqueness, so that no writer ever waits
 * for the worker that takes rows out.
 */
export const SegmentDirty = defineEntity({
  name: 'SegmentDirty',
  tableName: 'segment_dirty',
  properties: {
    profileId: p.uuid().primary(),
    id: p.bigint('number').primary().autoincrement(),
    /** When what was written was true; null: as it was written; -infinity: as what it came with was. */
    effectiveAt: p.datetime().nullable(),
  },
  indexes: [{ name: 'segment_dirty_queue', properties: ['id'] }],
});

/** How many people a segment had at the end of a day, and how many came and went on it. */
export const SegmentSize = defineEntity({
  name: 'SegmentSize',
  tableName: 'segment_size',
  properties: {
    segmentId: p.uuid().primary(),
    day: p.string().columnType('date').primary(),
    size: p.integer(),
    entered: p.integer(),
    left: p.integer(),
  },
});

declare module '../../platform/database/tables.ts' {
  interface Tables {
    segment: InferKyselyTable<typeof Segment>;
    profile_segment: InferKyselyTable<typeof ProfileSegment>;
    segment_transition: InferKyselyTable<typeof SegmentTransition>;
    segment_dirty: InferKyselyTable<typeof SegmentDirty>;
    segment_size: InferKyselyTable<typeof SegmentSize>;
  }
}
