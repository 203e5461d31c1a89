import type { SessionState } from '../sessions/session-life.ts';

export type ActorKind = 'ANONYMOUS' | 'TILL' | 'CASHIER' | 'KIOSK' | 'KEY' | 'SHOPPER' | 'STAFF' | 'SYSTEM';

/** The caller's till and what of its store decides how input is read. */
export interface ActorTill {
  id: string;
  name: string;
  kind: 'CASHIER' | 'KIOSK';
  /** Source of its orders. */
  source: string;
  storeId: string;
  storeCode: string;
  brandId: string;
  timeZone: string;
  currency: string;
  /** ISO 3166-1 alpha-2: of phones dialled without a country code. */
  country: string;
  /** Of messages to people met here. */
  language: string;
}

/** What a browser's session is, and how far. */
export interface ActorSession {
  id: string;
  staffId: string;
  state: SessionState;
}

declare module '../../platform/context.ts' {
  interface Actor {
    readonly kind: ActorKind;
    /** Of the till, cashier, key, shopper or staff; `anonymous`, `system`. */
    readonly id: string;
    /** null: every brand. */
    readonly brandId: string | null;
    readonly storeIds: 'ALL' | readonly string[];
    readonly till: ActorTill | null;
    readonly cashierId: string | null;
    /** What it may write orders and profiles as. */
    readonly sources: 'ANY' | readonly string[];
    /** The source meant where a call names none. */
    readonly ownSource: string;
    /**
     * Whose requests, visits and challenges these are: `till:<id>` whoever stands at it, `source:<name>` of a partner
     * whatever key it uses, else `key:<id>`.
     */
    readonly client: string;
    readonly profileId: string | null;
    /** Where the request came from; empty for the system. */
    readonly address: string;
    /** The browser's session; of somebody halfway through signing in the actor is otherwise anonymous. */
    readonly session?: ActorSession;
    /** The page a shopper's token is for. */
    readonly origin?: string;
  }
}
