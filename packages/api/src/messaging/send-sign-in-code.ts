import * as z from 'zod';
import type { Context } from '../platform/context.ts';
import type { DeliveredEvent, EventHandler } from '../platform/outbox/handlers.ts';
import { CHANNELS } from './message.ts';
import { queueMessage } from './queue-message.ts';
import { signInCodeText } from './sign-in-code-text.ts';

/** Of `sign-in-code.requested`, written by the profiles room with every code; contact and code are sealed. */
const Payload = z.object({
  challengeId: z.uuid(),
  channel: z.enum(CHANNELS),
  sealedTo: z.string(),
  sealedCode: z.string(),
  language: z.string(),
  expiresAt: z.coerce.date(),
});

/** A code that comes later than this finds nobody waiting for it. */
const USEFUL_MS = 120_000;

/** Makes one message of each requested code, however often the event comes. @param nudge wakes the sender */
export function signInCodeHandler(nudge: () => void): EventHandler {
  return {
    name: 'messaging: send a sign-in code',
    handle: async (ctx, event) => {
      await queueSignInCode(ctx, event);
      nudge();
    },
  };
}

export async function queueSignInCode(ctx: Context, event: DeliveredEvent): Promise<void> {
  const payload = Payload.parse(event.payload);
  const code = ctx.vault.open(payload.sealedCode);
  const useful = new Date(event.occurredAt.getTime() + USEFUL_MS);
  await queueMessage(ctx, {
    profileId: event.profileId,
    channel: payload.channel,
    purpose: 'CODE',
    to: ctx.vault.open(payload.sealedTo),
    ...signInCodeText(code, payload.language, payload.channel),
    dedupeKey: `event:${event.id}`,
    aboutId: payload.challengeId,
    expiresAt: useful < payload.expiresAt ? useful : payload.expiresAt,
  });
}
