import type { Effect, Request } from '../effects.ts';
import type { Answer, TillEvent } from '../events.ts';
import type { Challenge, OrderFacts, Quote, TillInfo, Visit } from '../facts.ts';
import { nextStep } from '../next-step.ts';
import { startState } from '../state.ts';
import type { Field } from '../fields.ts';
import type { TillState } from '../state.ts';
import { step } from '../step.ts';

export const till: TillInfo = {
  id: 'till-1',
  name: 'Till 1',
  kind: 'CASHIER',
  serverTime: '2026-11-22T10:00:00Z',
  clockAheadSeconds: 0,
  store: { code: 'msk', name: 'Moscow', currency: 'RUB', timeZone: 'Europe/Moscow' },
  program: { name: 'Points', mode: 'LIVE' },
  cashiers: [
    { id: 'cashier-1', name: 'Olga', canWaive: false },
    { id: 'manager-1', name: 'Irina', canWaive: true },
  ],
  consentTexts: [
    { id: 'text-1', purpose: 'PROCESSING', version: '1', text: 'Processing', required: true },
    { id: 'text-2', purpose: 'ADVERTISING', version: '1', text: 'News', required: false },
  ],
};

export function aVisit(over: Partial<Visit> = {}): { __typename: 'ShopperVisit' } & Visit {
  return {
    __typename: 'ShopperVisit',
    id: 'visit-1',
    verified: false,
    expiresAt: '2026-11-22T10:30:00Z',
    profile: { givenName: 'Anna', birthDate: null, phone: '+7 *** ***-45-67' },
    account: {
      status: 'ACTIVE',
      active: 1240,
      pending: 99,
      debt: 0,
      available: 1240,
      nextActivation: { points: 99, at: '2026-12-04T10:00:00Z' },
      nextExpiry: null,
      tier: null,
      tierProgress: null,
    },
    offers: [],
    quoteFacts: null,
    ...over,
  };
}

export function aChallenge(over: Partial<Challenge> = {}): { __typename: 'ShopperChallenge' } & Challenge {
  return {
    __typename: 'ShopperChallenge',
    id: 'challenge-1',
    kind: 'SIGN_IN',
    maskedPhone: '+7 *** ***-45-67',
    codeLength: 6,
    channel: 'SMS',
    otherChannels: ['VIBER'],
    delivery: 'SENT',
    expiresAt: '2026-11-22T10:05:00Z',
    resendAt: '2026-11-22T10:01:00Z',
    attemptsLeft: 5,
    ...over,
  };
}

export function aQuote(over: Partial<Quote> = {}): { __typename: 'OrderQuote' } & Quote {
  return {
    __typename: 'OrderQuote',
    currency: 'RUB',
    gross: '1290.00',
    discount: '0.00',
    pointsDiscount: '0.00',
    toPay: '1290.00',
    verificationRequired: false,
    quoteHash: 'hash-1',
    validUntil: '2026-11-22T10:15:00Z',
    rulesRevision: 'rules-1',
    lines: [],
    points: { available: 0, max: 0, applied: 0, limits: [] },
    earning: { points: 36, activateAt: '2026-12-06T10:00:00Z' },
    offers: [],
    missingGifts: [],
    refusedCodes: [],
    ...over,
  };
}

export function anOrder(over: Partial<OrderFacts> = {}): OrderFacts {
  return {
    externalId: 'order-1',
    state: 'BEGUN',
    toPay: '1290.00',
    discount: '0.00',
    pointsSpent: 0,
    earned: 36,
    currency: 'RUB',
    ...over,
  };
}

export const scarf = { sku: 'SCF-1', name: 'Scarf', price: '1290.00', category: null, goods: null };

type Sent<Name extends Request['do']> = Extract<Request, { do: Name }>;

/** Plays the till in a test: hands and answers in, state and what was sent out. */
export class Play {
  state: TillState;
  effects: Effect[] = [];
  /** Keys a person has pressed so far. */
  presses = 0;
  #ids = 0;

  constructor(state: TillState = startState()) {
    this.state = state;
  }

  event(event: TillEvent): this {
    const move = step(this.state, event, () => `id-${++this.#ids}`);
    this.state = move.state;
    this.effects.push(...move.effects);
    return this;
  }

  enter(): this {
    this.presses += 1;
    return this.event({ type: 'primary' });
  }

  escape(): this {
    return this.event({ type: 'escape' });
  }

  key(key: Extract<TillEvent, { type: 'key' }>['key']): this {
    this.presses += 1;
    return this.event({ type: 'key', key });
  }

  /** Types letter by letter, as a hand does. */
  type(field: Field, text: string): this {
    for (const letter of text) {
      this.presses += 1;
      this.event({ type: 'typed', field, text: this.state.text[field] + letter });
    }
    return this;
  }

  /** The latest request of a kind that was sent. */
  sent<Name extends Request['do']>(name: Name): Sent<Name> {
    const found = this.effects.findLast((effect): effect is Sent<Name> => effect.do === name);
    if (found === undefined) throw new Error(`nothing was sent to ${name}`);
    return found;
  }

  count(name: Effect['do']): number {
    return this.effects.filter((effect) => effect.do === name).length;
  }

  /** Answers the latest request of that kind. */
  answer<To extends Answer['to']>(to: To, value: Extract<Answer, { to: To }>['value']): this {
    const answer = { to, value } as Answer;
    return this.event({ type: 'answered', request: this.sent(to), answer });
  }

  fail(to: Request['do'], reason: 'OFFLINE' | 'TIMEOUT' | 'SESSION_OVER' | 'OUTDATED' | 'INTERNAL'): this {
    const failure = { reason, errorId: null, retryAfterMs: null };
    return this.event({ type: 'failed', request: this.sent(to), failure });
  }

  get act(): string {
    return nextStep(this.state).act;
  }

  get notice(): string | null {
    return this.state.notice?.code ?? null;
  }
}

/** A cashier signed in and ready. */
export function aTill(): Play {
  return new Play()
    .event({ type: 'started', paired: true })
    .answer('loadTill', till)
    .event({ type: 'cashierChosen', id: 'cashier-1' })
    .type('pin', '1234')
    .enter()
    .answer('signIn', {
      __typename: 'CashierSignedIn',
      expiresAt: '2026-11-22T20:00:00Z',
      cashier: { id: 'cashier-1', name: 'Olga' },
    });
}

/** One scarf on the receipt, quoted. */
export function aBasket(): Play {
  const play = aTill()
    .event({ type: 'scanned', code: '4600000000022' })
    .answer('lookUp', { byBarcode: scarf, bySku: null })
    .answer('preview', aQuote());
  play.presses = 0;
  return play;
}

/** The shopper found by phone, without a code; the basket quoted for them. */
export function aKnownShopper(): Play {
  return aBasket()
    .type('phone', '9161234567')
    .enter()
    .answer('identify', aVisit())
    .answer('preview', aQuote());
}

/** The same shopper after the code, with 645 points to spend at most. */
export function aVerifiedShopper(): Play {
  return aKnownShopper()
    .key('F7')
    .answer('identify', aChallenge())
    .type('code', '123456')
    .answer('confirm', aVisit({ verified: true }))
    .answer('preview', quoteWithPoints(0));
}

export function quoteWithPoints(applied: number): { __typename: 'OrderQuote' } & Quote {
  return aQuote({
    points: { available: 1240, max: 645, applied, limits: [{ code: 'SHARE_OF_ORDER', max: 645 }] },
    pointsDiscount: `${applied}.00`,
    toPay: `${1290 - applied}.00`,
    quoteHash: `hash-points-${applied}`,
  });
}

/** 350 points wanted, held and waiting for the money. */
export function aPayment(): Play {
  return aVerifiedShopper()
    .event({ type: 'spendSet', points: 350 })
    .answer('preview', quoteWithPoints(350))
    .enter()
    .answer('begin', {
      __typename: 'OrderBegun',
      holdExpiresAt: null,
      order: anOrder({ toPay: '940.00', pointsSpent: 350 }),
    });
}

export function refused<Name extends string>(
  name: Name,
): { __typename: Name; code: string; message: string } {
  return { __typename: name, code: name, message: name };
}
