import { columnsOf, type ShopperRows } from '../profiles/index.ts';

/** What of this room belongs to a shopper: what they did follows the person and goes with them. */
export const EVENT_ROWS: readonly ShopperRows[] = [
  {
    table: 'event',
    atMerge: 'MOVE',
    export: columnsOf('events', 'event', {
      at: 'occurred_at',
      kind: 'kind',
      source: 'source',
      id: 'external_id',
      properties: 'properties',
    }),
    // Their keys stay: an event that was erased is not taken a second time.
    erase: 'DELETE',
  },
];
