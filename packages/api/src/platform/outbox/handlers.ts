import type { Context } from '../context.ts';

export interface DeliveredEvent {
  id: string;
  kind: string;
  profileId: string;
  payload: Record<string, unknown>;
  occurredAt: Date;
}

/** Reacts to one kind of event, in a transaction of its own, exactly once for what it writes in that transaction. */
export interface EventHandler {
  /** Stable: what was handled before a restart is remembered by it. */
  name: string;
  /** Whether this event means anything to it, cheaply; one that does not costs no transaction. Absent: every one does. */
  concerns?(ctx: Context, event: DeliveredEvent): Promise<boolean>;
  handle(ctx: Context, event: DeliveredEvent): Promise<void>;
}

/** Who reacts to which event; the whole table stands in `app.ts`. */
export type HandlerTable = Readonly<Record<string, readonly EventHandler[]>>;
