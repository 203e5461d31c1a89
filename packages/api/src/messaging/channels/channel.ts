import type { MessageChannel, MessagePurpose } from '../message.ts';

/** A message in the clear, on its way out; never stored or logged so. */
export interface OutgoingMessage {
  /** Ours, the same at every attempt: a provider that knows keys sends it once. */
  id: string;
  channel: MessageChannel;
  to: string;
  subject: string | null;
  text: string;
  purpose: MessagePurpose | 'STAFF';
}

/**
 * ACCEPTED: the provider took it. REFUSED: certainly not taken. UNCERTAIN: no answer, or one that says nothing: it may
 * be on its way. `reason` holds neither address nor text.
 */
export type SendOutcome =
  | { result: 'ACCEPTED'; providerId: string | null; delivered: boolean }
  | {
      result: 'REFUSED' | 'UNCERTAIN';
      reason: string;
      /** Another try would be answered alike. */ permanent?: boolean;
    };

/** What a provider reports later: by our id, or by its own where it does not give ours back. */
export interface DeliveryReceipt {
  messageId: string | null;
  providerId: string | null;
  state: 'SENT' | 'DELIVERED' | 'FAILED';
}

/** One way out: one adapter a file. */
export interface ChannelAdapter {
  readonly code: string;
  readonly channels: readonly MessageChannel[];
  /** What a delivery report over HTTP must show; null: none are taken. */
  readonly receiptToken: string | null;
  /** Answers for each message of the batch by its id, in bounded time; one bad recipient fails alone. */
  send(batch: readonly OutgoingMessage[]): Promise<ReadonlyMap<string, SendOutcome>>;
  /** Reads a delivery report; null where there is nothing in it to go by. */
  receipt(payload: unknown): DeliveryReceipt | null;
  /** Tries the connection without sending anything. */
  check(): Promise<{ ok: boolean; detail: string }>;
}
