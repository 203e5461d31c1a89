import type { ConfirmAnswer, IdentifyAnswer } from './answers.ts';
import { changeSale } from './basket.ts';
import type { Effect, Enrolment, Request } from './effects.ts';
import type { Challenge, ShopperAddress, Visit } from './facts.ts';
import { also, ask, become, focus, notice, stay, wait, withText } from './move.ts';
import type { Move } from './move.ts';
import { isCardOrBarcode, isWholePhone, phoneDigits } from './phone.ts';
import { refusalNotice } from './refusals.ts';
import type { Shopper, TillState } from './state.ts';

type Identify = Extract<Request, { do: 'identify' }>;
type Confirm = Extract<Request, { do: 'confirm' }>;
type LookUp = Extract<Request, { do: 'lookUp' }>;
type Resend = Extract<Request, { do: 'resend' }>;

/** Finds the shopper for earning: no code is sent, the cashier goes on. */
export function find(state: TillState): Move {
  const digits = phoneDigits(state.text.phone);
  if (isCardOrBarcode(digits)) return lookUp(state, digits);
  if (!isWholePhone(digits)) return phoneIncomplete(state);
  return identify(state, { phone: digits }, false);
}

/** A slow scanner, or a card number typed by hand, ends up in the phone field. */
function lookUp(state: TillState, code: string): Move {
  const asked = ask<LookUp>(state, { do: 'lookUp', code, orCard: true });
  return become(state, { asks: asked.asks, text: withText(state, { phone: '' }) }, asked.request);
}

export function identify(state: TillState, address: ShopperAddress, verify: boolean): Move {
  return wait<Identify>(state, verify ? 'sendCode' : 'find', { do: 'identify', address, verify });
}

/** The visit ran out: the same shopper is found again, or asked for anew when the till no longer knows how. */
export function findAgain(state: TillState): Move {
  const address = state.sale.shopper?.address ?? null;
  if (address === null) return also(changeSale(state, { shopper: null }, { notice: null }), focus('phone'));
  return identify(state, address, false);
}

export function register(state: TillState): Move {
  const phone = state.unknown !== null && 'phone' in state.unknown ? state.unknown.phone : state.text.phone;
  return become(
    state,
    { stage: 'register', enrolling: true, notice: null, unknown: null, text: withText(state, { phone }) },
    focus(isWholePhone(phone) ? 'givenName' : 'phone'),
  );
}

export function sendCode(state: TillState): Move {
  if (state.stage !== 'register') {
    const address = state.sale.shopper?.address ?? enrolledAddress(state);
    if (address === null) return become(state, { notice: notice('AskPhoneAgain', 'warn', 'findAgain') });
    return identify(state, address, true);
  }
  if (!isWholePhone(state.text.phone)) return phoneIncomplete(state);
  const missing = state.till?.consentTexts.some((text) => text.required && state.consents[text.id] !== true);
  if (missing === true) return become(state, { notice: notice('ConsentNeeded', 'warn') });
  return identify(state, { phone: phoneDigits(state.text.phone) }, true);
}

export function confirm(state: TillState): Move {
  if (state.challenge === null) return stay(state);
  if (state.text.code.length < state.challenge.codeLength) return become(state, {}, focus('code'));
  return wait<Confirm>(state, 'confirm', {
    do: 'confirm',
    challengeId: state.challenge.id,
    code: state.text.code,
    waiver: null,
    enrolment: enrolmentOf(state),
  });
}

/** A manager answers for the shopper with a PIN and a reason; both are kept by the server. */
export function waive(state: TillState): Move {
  const { challenge, managerId, text } = state;
  if (challenge === null || managerId === null) return stay(state);
  if (text.managerPin === '') return become(state, {}, focus('managerPin'));
  if (text.reason.trim() === '') {
    return become(state, { notice: notice('ReasonNeeded', 'warn') }, focus('reason'));
  }
  const waiver = { managerId, managerPin: text.managerPin, reason: text.reason.trim() };
  return wait<Confirm>(state, 'confirm', {
    do: 'confirm',
    challengeId: challenge.id,
    code: null,
    waiver,
    enrolment: enrolmentOf(state),
  });
}

export function openWaiver(state: TillState): Move {
  if (state.challenge === null) return stay(state);
  if (state.waiving) return become(state, { waiving: false, notice: null }, focus('code'));
  const manager = state.till?.cashiers.find((cashier) => cashier.canWaive);
  if (manager === undefined) return become(state, { notice: notice('NoManager', 'warn') });
  return become(
    state,
    { waiving: true, managerId: state.managerId ?? manager.id, notice: null },
    focus('managerPin'),
  );
}

export function askCodeAgain(state: TillState, channel: string | null): Move {
  if (state.challenge === null) return stay(state);
  return wait<Resend>(state, 'resend', { do: 'resend', challengeId: state.challenge.id, channel });
}

/** F4: the sale goes on without a code, and without a card when nobody was found. */
export function withoutCode(state: TillState): Move {
  if (state.stage === 'code') return leaveCode(state);
  const unanswered = state.busy?.what === 'find' || state.busy?.what === 'sendCode';
  if (unanswered || state.unknown !== null || state.stage === 'register') return leaveCode(state);
  return state.sale.shopper === null && state.text.phone !== '' ? find(state) : stay(state);
}

export function leaveCode(state: TillState): Move {
  return become(
    state,
    {
      stage: 'main',
      challenge: null,
      enrolling: false,
      waiving: false,
      unknown: null,
      busy: null,
      armed: null,
      notice: null,
      retry: null,
      text: withText(state, { code: '', phone: '', managerPin: '', reason: '', givenName: '' }),
    },
    focus('search'),
  );
}

export function identified(state: TillState, request: Identify, value: IdentifyAnswer): Move {
  switch (value.__typename) {
    case 'ShopperVisit':
      return arrived(state, shopperOf(value, request.address));
    case 'ShopperChallenge':
      return askCode(state, value, request.address);
    case 'ShopperUnknown':
      if ('card' in request.address) {
        const unknownCard = notice('NothingFound', 'warn', 'dismiss', { code: request.address.card });
        return become(state, { armed: null, notice: unknownCard });
      }
      return become(state, { unknown: request.address, armed: null, notice: refusalNotice(value) });
    default:
      return become(state, { armed: null, notice: refusalNotice(value) });
  }
}

export function resent(state: TillState, value: IdentifyAnswer): Move {
  if (value.__typename !== 'ShopperChallenge') return become(state, { notice: refusalNotice(value) });
  const sent = notice('CodeSent', 'info', null, { channel: value.channel });
  return become(
    state,
    { challenge: value, notice: sent, text: withText(state, { code: '' }) },
    focus('code'),
  );
}

export function confirmed(state: TillState, value: ConfirmAnswer): Move {
  switch (value.__typename) {
    case 'ShopperVisit':
      return welcome(state, value);
    case 'WrongCode': {
      const challenge = state.challenge && { ...state.challenge, attemptsLeft: value.attemptsLeft };
      const said = refusalNotice(value);
      const refused = value.attemptsLeft > 0 ? said : { ...said, enter: 'sendCode' as const };
      return become(
        state,
        { challenge, notice: refused, text: withText(state, { code: '' }) },
        focus('code'),
      );
    }
    case 'WrongPin':
      return become(
        state,
        { notice: refusalNotice(value), text: withText(state, { managerPin: '' }) },
        focus('managerPin'),
      );
    default:
      return become(state, { notice: refusalNotice(value), text: withText(state, { code: '' }) });
  }
}

function welcome(state: TillState, visit: Visit): Move {
  const address = state.sale.shopper?.address ?? enrolledAddress(state);
  const known = state.enrolling && state.challenge?.kind === 'SIGN_IN';
  const said = state.enrolling ? notice(known ? 'AlreadyMember' : 'Enrolled', 'info') : null;
  const sale = { ...state.sale, spendNext: !state.enrolling };
  const move = arrived({ ...state, sale, armed: null }, shopperOf(visit, address));
  return become(move.state, { notice: said }, ...move.effects);
}

/** The shopper stands at the till: the basket stays and is counted anew for them. */
function arrived(state: TillState, shopper: Shopper): Move {
  const clean = withText(state, { phone: '', code: '', managerPin: '', reason: '', givenName: '' });
  const move = changeSale(
    state,
    { shopper },
    {
      stage: 'main',
      text: clean,
      unknown: null,
      challenge: null,
      waiving: false,
      enrolling: false,
      notice: null,
    },
  );
  return also(move, focus('search'), ...shown(shopper));
}

/** What stands on the screen was shown; the server notes it once a visit. */
function shown({ visitId, offers }: Shopper): Effect[] {
  const offerIds = offers.map(({ id }) => id);
  return offerIds.length === 0 ? [] : [{ do: 'noteOffers', visitId, offerIds, happened: 'SHOWN' }];
}

function askCode(state: TillState, challenge: Challenge, address: ShopperAddress): Move {
  const phone = 'phone' in address ? address.phone : state.text.phone;
  return become(
    state,
    {
      stage: 'code',
      challenge,
      armed: null,
      waiving: false,
      notice: null,
      text: withText(state, { code: '', phone }),
    },
    focus('code'),
  );
}

function shopperOf(visit: Visit, address: ShopperAddress | null): Shopper {
  return {
    address,
    visitId: visit.id,
    verified: visit.verified,
    expiresAt: visit.expiresAt,
    givenName: visit.profile.givenName,
    maskedPhone: visit.profile.phone,
    birthDate: visit.profile.birthDate,
    account: visit.account,
    offers: visit.offers,
    taken: [],
    quoteFacts: visit.quoteFacts,
  };
}

function enrolledAddress(state: TillState): ShopperAddress | null {
  return isWholePhone(state.text.phone) ? { phone: phoneDigits(state.text.phone) } : null;
}

function enrolmentOf(state: TillState): Enrolment | null {
  if (!state.enrolling || state.challenge?.kind !== 'ENROLMENT') return null;
  const texts = state.till?.consentTexts ?? [];
  return {
    givenName: state.text.givenName.trim() || null,
    consents: texts.map((text) => ({ textId: text.id, granted: state.consents[text.id] === true })),
  };
}

function phoneIncomplete(state: TillState): Move {
  return become(state, { armed: null, notice: notice('PhoneIncomplete', 'warn') }, focus('phone'));
}
