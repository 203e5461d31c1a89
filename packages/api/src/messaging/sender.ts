import type { Context } from '../platform/context.ts';
import { newRest } from '../platform/rest.ts';
import type { ChannelAdapter } from './channels/channel.ts';
import { sendDueMessages } from './send-due-messages.ts';
import { sendDueLetters } from './staff-letters/send-due-letters.ts';

export interface Sender {
  /** A message is being written: look now, and closely for a moment, since it may not be committed yet. */
  nudge(): void;
  /** Sends everything that is due, then returns: for tests and for an orderly stop. */
  drain(): Promise<void>;
  stop(): Promise<void>;
}

export interface SenderOptions {
  /** A fresh context acting as the system. */
  newContext: () => Context;
  channels: readonly ChannelAdapter[];
}

const IDLE_PAUSE_MS = 500;
const CLOSE_PAUSE_MS = 20;
const CLOSE_LOOKS = 15;
const FAILURE_PAUSE_MS = 2_000;

/** Any number of processes may send: each message is taken by one of them. */
export function startSender({ newContext, channels }: SenderOptions): Sender {
  const life = new AbortController();
  let closeLooks = 0;
  const { rest, wake } = newRest();

  async function turn(): Promise<number> {
    try {
      const sent =
        (await sendDueMessages(newContext(), channels)) + (await sendDueLetters(newContext(), channels));
      closeLooks = sent > 0 ? CLOSE_LOOKS : Math.max(closeLooks - 1, 0);
      return closeLooks > 0 ? CLOSE_PAUSE_MS : IDLE_PAUSE_MS;
    } catch (error) {
      newContext().log.warn({ err: error }, 'messages could not be sent; trying again');
      return FAILURE_PAUSE_MS;
    }
  }

  const running = (async () => {
    while (!life.signal.aborted) {
      const pause = await turn();
      if (!life.signal.aborted) await rest(pause);
    }
  })();

  return {
    nudge: () => {
      closeLooks = CLOSE_LOOKS;
      wake();
    },
    drain: async () => {
      while ((await sendDueMessages(newContext(), channels)) > 0);
      while ((await sendDueLetters(newContext(), channels)) > 0);
    },
    stop: async () => {
      life.abort();
      wake();
      await running;
    },
  };
}
