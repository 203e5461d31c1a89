import type { ChannelAdapter, SendOutcome } from './channel.ts';

/** Delivers into the product's own page `/outbox`, which shows the stored message: the demo, and tests. */
export const outboxChannel: ChannelAdapter = {
  code: 'outbox',
  channels: ['SMS', 'VIBER', 'EMAIL', 'CALL'],
  receiptToken: null,
  send: (batch) => {
    const taken: SendOutcome = { result: 'ACCEPTED', providerId: null, delivered: true };
    return Promise.resolve(new Map(batch.map((message) => [message.id, taken])));
  },
  receipt: () => null,
  check: () => Promise.resolve({ ok: true, detail: 'messages are shown at /outbox' }),
};
