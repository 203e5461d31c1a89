import { count, money } from '../ui/figures.ts';
import { english } from './plural.ts';
import type { Facts, Say } from './ru-notices.ts';

const n = (value: unknown): string => count(Number(value ?? 0), 'en');
const at = (value: unknown, time: (instant: string) => string): string =>
  typeof value === 'string' ? time(value) : '';
const points = (value: unknown): string => `${n(value)} ${english(Number(value ?? 0), 'point', 'points')}`;
const tries = (left: unknown): string => `${n(left)} ${english(Number(left), 'try', 'tries')} left.`;
const titles = (value: unknown): string =>
  Array.isArray(value) ? value.map((title) => `“${String(title)}”`).join(', ') : '';
const onOrder = (facts: Facts): boolean =>
  ['begin', 'commit', 'cancel', 'undo'].includes(String(facts['during']));
const onShopper = (facts: Facts): boolean =>
  facts['during'] === 'identify' || facts['during'] === 'resend' || facts['during'] === 'confirm';

export const fieldsEn: Readonly<Record<string, string>> = {
  phone: 'phone',
  card: 'card number',
  code: 'code',
  pin: 'PIN',
  managerPin: 'manager PIN',
  reason: 'reason',
  givenName: 'name',
  consents: 'consents',
  sku: 'article',
  quantity: 'quantity',
  unitPrice: 'price',
  lines: 'receipt lines',
  promoCodes: 'promo code',
  spendPoints: 'points',
  exact: 'points',
  receipts: 'fiscal document',
  fiscalDrive: 'drive number',
  fiscalDocument: 'document number',
  fiscalSign: 'document sign',
};

export const changesEn: Readonly<Record<string, string>> = {
  BALANCE: 'the balance changed',
  PROMOTION: 'a promotion ended',
  PROMO_CODE: 'the promo code is no longer valid',
  PROGRAM: 'the program rules changed',
  PRICE: 'a price changed',
  QUOTE_EXPIRED: 'the quote was too old',
  SHOPPER: 'the shopper changed',
};

export const limitsEn: Readonly<Record<string, (max: string) => string>> = {
  NO_SHOPPER: () => 'No shopper yet.',
  NOT_VERIFIED: () => 'A code from a message is needed.',
  BALANCE: (max) => `${max} on the account.`,
  SHARE_OF_ORDER: (max) => `The rules allow ${max} at most: part of a receipt is paid in money.`,
  PER_RECEIPT: (max) => `${max} at most on one receipt.`,
  MINIMUM_PRICE: (max) => `${max} at most: goods have a lowest price.`,
  EXCLUDED_GOODS: (max) => `${max} at most: some goods cannot be paid with points.`,
  BELOW_MINIMUM: () => 'Below the smallest redemption.',
  PROGRAM_NOT_LIVE: () => 'Redemption is not open yet: points are only collected.',
  ACCOUNT_BLOCKED: () => 'The account is blocked: points cannot be spent.',
};

export const codesEn: Readonly<Record<string, string>> = {
  UNKNOWN: 'no such code',
  EXPIRED: 'expired',
  NOT_YET: 'not valid yet',
  USED: 'already used',
  HELD: 'taken by another receipt',
  OTHER_SHOPPER: 'issued to another shopper',
  CONDITIONS: 'the receipt does not meet its conditions',
  STACKING: 'does not combine with another discount',
};

export const channelsEn: Readonly<Record<string, string>> = {
  SMS: 'SMS',
  VIBER: 'Viber',
  EMAIL: 'e-mail',
  CALL: 'call',
};

export const noticesEn: Readonly<Record<string, Say>> = {
  PairingCodeRefused: (f, { time }) =>
    f['retryAt']
      ? `The code is wrong. Next try at ${at(f['retryAt'], time)}.`
      : 'The code is wrong or already used. Ask the administrator for a new one.',
  WrongPin: (f, { time }) =>
    f['lockedUntil']
      ? `Too many wrong PINs. Sign-in is closed until ${at(f['lockedUntil'], time)}; call the manager.`
      : `Wrong PIN. ${tries(f['attemptsLeft'])}`,
  TooManyCodes: (f, { time }) =>
    `Too many codes were sent. The next one is possible at ${at(f['retryAt'], time)}. F4 goes on without a code.`,
  WrongCode: (f) =>
    Number(f['attemptsLeft']) > 0
      ? `Wrong code. ${tries(f['attemptsLeft'])}`
      : 'Wrong code, no tries left. Enter sends a new one, F4 goes on without.',
  CodeExpired: () => 'The code is too old. Enter sends a new one, F4 goes on without.',
  ShopperUnknown: () => 'This number is not in the program. Enter to enrol, F4 to sell without a card.',
  VisitExpired: () =>
    'More than half an hour passed and the card closed. Enter finds the shopper again; the basket is here.',
  QuoteChanged: (f, { currency }) => {
    const reasons = Array.isArray(f['reasons']) ? f['reasons'].map((code) => changesEn[code] ?? code) : [];
    const gone = titles(f['gone']);
    const come = titles(f['come']);
    const offers = [
      gone === '' ? '' : ` ${gone}: no longer valid.`,
      come === '' ? '' : ` ${come}: now applies.`,
    ].join('');
    if (offers !== '')
      return `Promotions changed.${offers} To pay: ${money(String(f['toPay']), currency, 'en')}. Enter accepts, Esc goes back to the receipt.`;
    const why = reasons.length === 0 ? '' : ` (${reasons.join(', ')})`;
    return `The total changed${why}. It is now ${money(String(f['toPay']), currency, 'en')}. Enter accepts, Esc goes back to the receipt.`;
  },
  InsufficientPoints: (f) =>
    `Not that many points any more: ${points(f['max'])} can be spent. Enter spends those, Esc goes back.`,
  VerificationRequired: () => 'Spending needs a code. Enter sends it, F4 goes on without spending.',
  AccountBlocked: () => 'The account is blocked: no spending. Enter sells without it.',
  AlreadyCommitted: () => 'This receipt is recorded already. This is its result.',
  UndoSale: (f, { currency }) =>
    `Undo the whole sale of ${money(String(f['toPay']), currency, 'en')}? Points go back as they were. Enter to undo, Esc to keep it.`,
  UndoRefused: (f) =>
    `It could not be undone (${String(f['refusal'])}). The receipt stands as it is; make a return. Enter to close.`,
  AlreadyCancelled: () => 'This receipt was cancelled before. Enter puts the same goods on a new one.',
  IdempotencyConflict: () =>
    'This receipt number already has another content. Enter puts the same goods on a new one.',
  OrderNotFound: () => 'The server has no such receipt. Enter puts the same goods on a new one.',
  OrderNotCommitted: () => 'This receipt is not recorded yet: there is nothing to undo. Enter to close.',
  QuantityExceeded: () =>
    'Goods of this receipt were returned before. Make a return of the rest. Enter to close.',
  ReceiptTaken: (f, { currency }) =>
    `This fiscal document already belongs to another receipt, of ${money(String(f['toPay']), currency, 'en')}. Check the number; Enter to correct it.`,
  InvalidInput: (f) => {
    const names = Array.isArray(f['fields']) ? f['fields'].map((field) => fieldsEn[field] ?? field) : [];
    return `The server did not accept: ${[...new Set(names)].join(', ') || 'the data'}. Correct it and try again.`;
  },
  UnknownRefusal: (f) => `Refused: “${String(f['refusal'])}”. Update the till or call the administrator.`,

  OFFLINE: (f) => {
    if (onOrder(f))
      return 'No network. The receipt is neither lost nor doubled. Enter tries again, Esc lets the till finish it later.';
    if (onShopper(f)) return 'No network. Enter tries again, F4 goes on without the card.';
    return 'No network. The till tries again when it is back; Enter tries now.';
  },
  TIMEOUT: (f) => {
    if (onOrder(f))
      return 'The server did not answer in time. The receipt is not doubled. Enter asks again, Esc lets the till finish it later.';
    if (onShopper(f))
      return 'The server did not answer in time. Enter tries again, F4 goes on without the card.';
    return 'The server did not answer in time. Enter tries again.';
  },
  BUSY: () => 'The server is busy. Press Enter in a few seconds.',
  RATE_LIMITED: (f) =>
    `Too many requests. Wait ${f['retryAfterMs'] ? `${Math.ceil(Number(f['retryAfterMs']) / 1000)} s` : 'a little'} and press Enter.`,
  SESSION_OVER: () => 'The session ended. Enter your PIN: the basket is here.',
  TILL_UNPAIRED: () => 'This till was disconnected from the store. It needs a new pairing code.',
  OUTDATED: () => 'This till is too old for the server. Enter updates it.',
  FORBIDDEN: () => 'This till may not do that. Call the manager. Enter closes the message.',
  INTERNAL: (f) =>
    `Server error${f['errorId'] ? ` ${String(f['errorId'])}` : ''}. Enter tries again; if it stays, tell the administrator the number.`,

  PhoneIncomplete: () => 'The number has fewer than ten digits. Check it with the shopper.',
  ConsentNeeded: () => 'No card without the required consent. Ask the shopper and tick it.',
  ReasonNeeded: () => 'Write the reason: the manager will see it.',
  NoManager: () => 'Nobody on this till may confirm without a code.',
  AskPhoneAgain: () => 'After a restart the till does not know the number. Enter asks for it again.',
  NothingFound: (f) => `“${String(f['code'])}” is neither goods nor a card.`,
  NoPrice: (f) => `“${String(f['name'])}” has no price. Call the manager.`,
  TooManyLines: (f) => `A receipt has at most ${n(f['most'])} lines. Finish this one and start another.`,
  QuantityWrong: () => 'The quantity does not fit: up to 9,999, at most three digits after the point.',
  FinishFirst: () => 'Let us finish this receipt first, then scan the next.',
  FiscalIncomplete: () => 'Both numbers are needed, of the drive and of the document. Or leave both empty.',
  CodeSent: (f) => `Code sent: ${channelsEn[String(f['channel'])] ?? String(f['channel'])}.`,
  Enrolled: () => 'The card is ready. Welcome!',
  AlreadyMember: () => 'This shopper is a member already. The card is open.',
  Finished: (f) => `A postponed receipt is recorded, ${points(f['earned'])} earned.`,
  FinishRefused: (f) =>
    `The server did not take a postponed receipt (${String(f['refusal'])}). Tell the administrator. Enter closes.`,
};
