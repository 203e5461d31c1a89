import type { ActionGrant } from '../tiers/operations.ts';
import { whyOf } from '../tiers/why-of.ts';
import type { Tone } from '../ui/tones.ts';

export type Facts = Record<string, unknown>;

/** An entry of the timeline as it is drawn: a sentence by its key, and what stands beside it. */
export interface Sentence {
  /** Below `customers.timeline`: `order.COMMITTED`. */
  key: string;
  /** Words put into the sentence: names and numbers as they are, keys of words in `keys`. */
  values: Record<string, string>;
  /** Words to be put in after they are looked up, by name. */
  keys: Record<string, string>;
  tone: Tone;
  points?: number;
  money?: { minor: number; currency: string };
  /** In somebody's own words. */
  note?: string;
}

const PLAIN: Sentence = { key: '', values: {}, keys: {}, tone: 'neutral' };

/** What happened, by kind; a kind this page does not know is told by its name. */
export function sentenceOf(kind: string, facts: Facts): Sentence {
  return SENTENCES[kind]?.(facts) ?? { ...PLAIN, key: 'other', values: { kind } };
}

const SENTENCES: Record<string, (facts: Facts) => Sentence> = {
  ORDER: (facts) => ({
    ...PLAIN,
    key: `order.${text(facts['state'])}`,
    values: { store: text(facts['storeName']), number: text(facts['number']) },
    tone: ORDER_TONES[text(facts['state'])] ?? 'neutral',
    money: { minor: Number(facts['toPay'] ?? 0), currency: text(facts['currency']) },
  }),
  RETURN: (facts) => ({
    ...PLAIN,
    key: 'return',
    values: { store: text(facts['storeName']) },
    tone: 'warn',
    money: { minor: -Number(facts['moneyBack'] ?? 0), currency: text(facts['currency']) },
  }),
  POINTS: (facts) => ({
    ...PLAIN,
    key: `points.${facts['reason'] === 'ONE_WELCOME' ? 'ONE_WELCOME' : text(facts['journal'])}`,
    tone: 'points',
    points: Number(facts['points'] ?? 0),
    // An action is told by the name of its rule.
    ...note(facts['reason'], facts['journal'] === 'ADJUST' || facts['journal'] === 'EARN'),
  }),
  ACTION: (facts) => {
    const [points, takenBack] = [Number(facts['points'] ?? 0), Number(facts['takenBack'] ?? 0)];
    const reason = text(facts['reason']) as ActionGrant['reason'] | '';
    return {
      ...PLAIN,
      key: `action.${whyOf({ reason: reason === '' ? null : reason, points, takenBack }) ?? 'done'}`,
      values: { name: text(facts['name']) },
      tone: points > 0 ? 'points' : 'neutral',
      points: points - takenBack,
    };
  },
  TIER: (facts) => {
    const [from, to] = [text(facts['from']), text(facts['to'])];
    return {
      ...PLAIN,
      key: to === '' ? 'tier.lost' : from === '' ? 'tier.reached' : 'tier.changed',
      values: { from, to },
      tone: to === '' ? 'warn' : 'accent',
      ...note(facts['note'], true),
    };
  },
  CONSENT: (facts) => ({
    ...PLAIN,
    key: `consent.${text(facts['purpose'])}.${facts['granted'] === true ? 'yes' : 'no'}`,
    values: {
      brand: text(facts['brandName']),
      version: text(facts['version']),
      source: text(facts['source']),
    },
    keys: { channel: `customers.channels.${text(facts['channel'], 'ALL')}` },
    tone: facts['granted'] === true ? 'ok' : 'warn',
    ...note(facts['note'], true),
  }),
  CODE: (facts) => ({
    ...PLAIN,
    key:
      facts['confirmed'] === true
        ? 'code.confirmed'
        : facts['expired'] === true
          ? 'code.expired'
          : 'code.sent',
    keys: { channel: `customers.channels.${text(facts['channel'], 'SMS')}` },
    tone: facts['confirmed'] === true ? 'ok' : 'neutral',
  }),
  PROMO_CODE: (facts) => ({
    ...PLAIN,
    key: `promoCode.${text(facts['event'])}`,
    values: { code: text(facts['code']), title: text(facts['title']) },
    tone: facts['event'] === 'USED' ? 'ok' : 'accent',
    ...note(facts['reason'], facts['event'] === 'ISSUED'),
  }),
  OFFER: (facts) => ({
    ...PLAIN,
    key: `offer.${text(facts['event'])}`,
    values: { title: text(facts['title']) },
    tone: OFFER_TONES[text(facts['event'])] ?? 'neutral',
    ...note(facts['reason'], facts['event'] === 'GRANTED'),
  }),
  EDIT: (facts) => {
    const fields = Array.isArray(facts['fields']) ? facts['fields'].map(String) : [];
    if (fields.includes('erased')) return { ...PLAIN, key: 'erased', tone: 'bad' };
    const by = text(facts['by']);
    return {
      ...PLAIN,
      key: by === '' ? 'edit.source' : 'edit.staff',
      values: { by, source: text(facts['source']), fields: fields.join('\n') },
    };
  },
  IDENTITY: (facts) => ({
    ...PLAIN,
    key: `identity.${text(facts['change'])}`,
    values: { masked: text(facts['masked']), by: text(facts['by']) },
    keys: { kind: `customers.identities.${text(facts['identityKind'])}` },
    tone: facts['change'] === 'ATTACHED' ? 'neutral' : 'warn',
    ...note(facts['reason'], true),
  }),
  MESSAGE: (facts) => ({
    ...PLAIN,
    key: `message.${text(facts['state'])}`,
    values: { to: text(facts['maskedTo']) },
    keys: { channel: `customers.channels.${text(facts['channel'], 'SMS')}` },
    tone: facts['state'] === 'FAILED' ? 'bad' : 'neutral',
    ...note(facts['failure'], true),
  }),
  EVENT: (facts) => ({
    ...PLAIN,
    key: 'event',
    values: { kind: text(facts['event']), source: text(facts['source']) },
  }),
  MERGE: (facts) => ({
    ...PLAIN,
    key: text(facts['undone']) === 'true' ? 'merge.undone' : 'merge.done',
    values: { by: text(facts['by']), name: text(facts['otherName']) },
  }),
};

const OFFER_TONES: Record<string, Tone> = { GRANTED: 'accent', USED: 'ok', WITHDRAWN: 'warn' };

const ORDER_TONES: Record<string, Tone> = {
  COMMITTED: 'ok',
  PARTIALLY_RETURNED: 'warn',
  RETURNED: 'warn',
  CANCELLED: 'neutral',
  EXPIRED: 'neutral',
  BEGUN: 'accent',
};

function text(value: unknown, instead = ''): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : instead;
}

function note(value: unknown, told: boolean): { note?: string } {
  return told && typeof value === 'string' && value !== '' ? { note: value } : {};
}
