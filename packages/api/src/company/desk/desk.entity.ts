import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';
import { Staff } from '../staff/staff.entity.ts';

/** Something one person of the staff should know of. */
export const Notification = defineEntity({
  name: 'Notification',
  tableName: 'notification',
  properties: {
    id: p.uuid().primary(),
    staff: () => p.manyToOne(Staff).updateRule('no action').deleteRule('no action'),
    /** `import.failed`, `source.stale` …: the page makes the words of it and the facts. */
    kind: p.string().columnType('text'),
    facts: p.json<Record<string, unknown>>().columnType('jsonb'),
    /** A path of the admin. */
    link: p.string().columnType('text').nullable(),
    /** The same thing again is not told again while this one is unread. */
    key: p.string().columnType('text').nullable(),
    createdAt: p.datetime(),
    readAt: p.datetime().nullable(),
  },
  indexes: [
    { name: 'notification_of_staff', properties: ['staff', 'createdAt', 'id'] },
    {
      name: 'notification_unread',
      expression: 'create index notification_unread on notification (staff_id) where read_at is null',
    },
    {
      name: 'notification_once',
      expression:
        'create unique index notification_once on notification (staff_id, key) where read_at is null and key is not null',
    },
  ],
});

/** A list as somebody wants to see it again. */
export const SavedView = defineEntity({
  name: 'SavedView',
  tableName: 'saved_view',
  properties: {
    id: p.uuid().primary(),
    staff: () => p.manyToOne(Staff).updateRule('no action').deleteRule('no action'),
    /** Which list: `customers`. */
    page: p.string().columnType('text').index(),
    name: p.string().columnType('text'),
    /** Query of the page's address. */
    query: p.string().columnType('text'),
    /** Everybody sees it who sees the list. */
    shared: p.boolean().default(false),
    updatedAt: p.datetime(),
  },
  uniques: [{ name: 'saved_view_name', properties: ['staff', 'page', 'name'] }],
});

declare module '../../platform/database/tables.ts' {
  interface Tables {
    notification: InferKyselyTable<typeof Notification>;
    saved_view: InferKyselyTable<typeof SavedView>;
  }
}
