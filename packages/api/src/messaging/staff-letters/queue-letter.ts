import * as z from 'zod';
import type { EventHandler } from '../../platform/outbox/handlers.ts';
import { ADDRESS } from '../queue-message.ts';
import { letterText } from './letter-text.ts';

/** Of `staff-letter.requested`, written by the company room; address, name and path are sealed. */
const Payload = z.object({
  staffId: z.uuid(),
  letter: z.enum(['INVITATION', 'RESET']),
  language: z.string(),
  sealedTo: z.string(),
  sealedName: z.string(),
  sealedPath: z.string(),
  expiresAt: z.coerce.date(),
});

/**
 * Makes one letter of each request, however often its event comes.
 * @param publicUrl where the product is reached from outside; never taken from a request @param nudge wakes the sender
 */
export function staffLetterHandler(publicUrl: string, nudge: () => void): EventHandler {
  return {
    name: 'messaging: write a letter to staff',
    handle: async (tx, event) => {
      const payload = Payload.parse(event.payload);
      const { open, seal, index } = tx.vault;
      const to = open(payload.sealedTo);
      const { subject, text } = letterText({
        kind: payload.letter,
        language: payload.language,
        name: open(payload.sealedName),
        link: `${publicUrl}${open(payload.sealedPath)}`,
      });
      await tx.sql
        .insertInto('staff_letter')
        .values({
          id: event.id,
          staff_id: payload.staffId,
          letter: payload.letter,
          sealed_to: seal(to),
          to_index: index(ADDRESS, to),
          sealed_subject: seal(subject),
          sealed_text: seal(text),
          state: 'QUEUED',
          created_at: tx.clock.now(),
          expires_at: payload.expiresAt,
          attempts: 0,
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      nudge();
    },
  };
}
