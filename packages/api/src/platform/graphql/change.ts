import { builder } from './builder.ts';

/** Something that happened, in a feed that can be taken up again where it was left. */
export interface Change {
  cursor: string;
  occurredAt: Date;
}

export const ChangeInterface = builder.interfaceRef<Change>('Change').implement({
  description: 'At least once; a repeat has the same cursor; in order per profile; kept ≥ 30 days.',
  fields: (t) => ({
    cursor: t.expose('cursor', { type: 'Cursor' }),
    occurredAt: t.expose('occurredAt', { type: 'DateTime' }),
  }),
});
