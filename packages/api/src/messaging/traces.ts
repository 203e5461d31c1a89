import type { PersonTrace } from '../profiles/index.ts';
import { ADDRESS } from './queue-message.ts';

/** Messages to their addresses that belong to nobody known: the code of an enrolment. */
export const MESSAGE_TRACES: readonly PersonTrace[] = [
  {
    name: 'messages',
    when: 'WITH',
    erase: async (tx, { contacts }) => {
      const indexes = contacts
        .filter(({ kind }) => kind === 'PHONE' || kind === 'EMAIL')
        .map(({ value }) => tx.vault.index(ADDRESS, value));
      if (indexes.length === 0) return;
      const gone = await tx.sql
        .deleteFrom('message')
        .where((eb) => eb('to_index', '=', eb.fn.any(eb.val(indexes))))
        .returning('id')
        .execute();
      if (gone.length === 0) return;
      await tx.sql
        .deleteFrom('message_key')
        .where((eb) => eb('message_id', '=', eb.fn.any(eb.val(gone.map(({ id }) => id)))))
        .execute();
    },
  },
];
