import type {
  BeginAnswer,
  CancelAnswer,
  CommitAnswer,
  ConfirmAnswer,
  Failure,
  IdentifyAnswer,
  PairAnswer,
  PreviewAnswer,
  ProductAnswer,
  SignInAnswer,
  UndoAnswer,
} from './answers.ts';
import type { BeginOrder, Request } from './effects.ts';
import type { IssuedCode, Product, Quote, TillInfo } from './facts.ts';
import type { Field } from './fields.ts';

/** What a person at the till did. */
export type HandEvent =
  | { type: 'typed'; field: Field; text: string }
  | { type: 'primary' }
  | { type: 'escape' }
  | { type: 'key'; key: 'F1' | 'F2' | 'F3' | 'F4' | 'F6' | 'F7' | 'F8' | 'F9' | 'F10' }
  | { type: 'scanned'; code: string }
  | { type: 'cashierChosen'; id: string }
  | { type: 'managerChosen'; id: string }
  | { type: 'consentGiven'; textId: string; granted: boolean }
  | { type: 'productChosen'; index: number }
  | { type: 'foundMoved'; by: 1 | -1 }
  | { type: 'lineMoved'; by: 1 | -1 }
  | { type: 'lineSelected'; key: number }
  | { type: 'quantitySet'; key: number; milli: number }
  | { type: 'lineVoided'; key: number }
  | { type: 'spendSet'; points: number }
  | { type: 'promoRemoved'; code: string }
  | { type: 'offerTaken'; id: string }
  | { type: 'codeAskedAgain'; channel: string | null }
  | { type: 'undoWanted' }
  | { type: 'updateWanted' };

/** What happened to the till. */
export type WorldEvent =
  | { type: 'started'; paired: boolean }
  | { type: 'network'; online: boolean }
  | { type: 'clockRead'; skewMinutes: number }
  | { type: 'updateReady' }
  | { type: 'slow'; ask: number }
  | { type: 'resultShown' }
  /** The till's own count of the basket that was asked about. */
  | { type: 'reckoned'; ask: number; quote: Quote }
  | { type: 'codesIssued'; externalId: string; codes: IssuedCode[] }
  | { type: 'recovered'; begun: BeginOrder | null }
  | { type: 'unfinished'; count: number; earned: number; refusal: string | null };

export type Answer =
  | { to: 'pair'; value: PairAnswer }
  | { to: 'loadTill'; value: TillInfo | null }
  | { to: 'signIn'; value: SignInAnswer }
  | { to: 'identify'; value: IdentifyAnswer }
  | { to: 'resend'; value: IdentifyAnswer }
  | { to: 'confirm'; value: ConfirmAnswer }
  | { to: 'lookUp'; value: ProductAnswer }
  | { to: 'search'; value: Product[] }
  | { to: 'preview'; value: PreviewAnswer }
  | { to: 'begin'; value: BeginAnswer }
  | { to: 'commit'; value: CommitAnswer }
  | { to: 'cancel'; value: CancelAnswer }
  | { to: 'undo'; value: UndoAnswer };

export type AnswerEvent =
  | { type: 'answered'; request: Request; answer: Answer }
  | { type: 'failed'; request: Request; failure: Failure };

export type TillEvent = HandEvent | WorldEvent | AnswerEvent;
