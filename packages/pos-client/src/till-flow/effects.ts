import type { BasketLine, Draft, FiscalDocument, ShopperAddress } from './facts.ts';
import type { FocusTarget } from './fields.ts';

export interface Enrolment {
  givenName: string | null;
  consents: { textId: string; granted: boolean }[];
}

export interface Waiver {
  managerId: string;
  managerPin: string;
  reason: string;
}

/** What is kept on the till until the order is finished: keys and basket, nothing about the person. */
export interface BeginOrder {
  externalId: string;
  requestId: string;
  draft: Draft;
  quoteHash: string;
  after: 'pay' | 'commit';
  lines: BasketLine[];
}

/** A request whose answer the flow waits for; repeated as it is, with the same keys, when the answer is lost. */
export type Request =
  | { do: 'pair'; ask: number; code: string }
  | { do: 'loadTill'; ask: number }
  | { do: 'signIn'; ask: number; cashierId: string; pin: string }
  | { do: 'identify'; ask: number; address: ShopperAddress; verify: boolean }
  | { do: 'resend'; ask: number; challengeId: string; channel: string | null }
  | {
      do: 'confirm';
      ask: number;
      challengeId: string;
      code: string | null;
      waiver: Waiver | null;
      enrolment: Enrolment | null;
    }
  | { do: 'lookUp'; ask: number; code: string; orCard: boolean }
  | { do: 'search'; ask: number; text: string }
  | { do: 'preview'; ask: number; draft: Draft }
  | { do: 'begin'; ask: number; order: BeginOrder }
  | { do: 'commit'; ask: number; externalId: string; requestId: string; fiscal: FiscalDocument | null }
  | { do: 'cancel'; ask: number; externalId: string; requestId: string }
  | { do: 'undo'; ask: number; externalId: string; requestId: string; returnId: string };

/** Done at once, nothing to wait for. */
export type Order =
  | { do: 'signOut' }
  | { do: 'unpair' }
  | { do: 'focus'; target: FocusTarget }
  | { do: 'postpone'; externalId: string }
  | { do: 'abandon'; externalId: string; requestId: string }
  | { do: 'recover' }
  | { do: 'noteOffers'; visitId: string; offerIds: string[]; happened: 'SHOWN' | 'ACCEPTED' }
  | { do: 'askIssued'; externalId: string }
  | { do: 'reload' };

export type Effect = Request | Order;
