import { isStorable } from '../../platform/json-names.ts';
import { cardIdentity, emailIdentity, phoneIdentity, type IdentityValue } from '../identities/identity.ts';

/** What somebody typed into the search box may mean. */
export type SearchTerms =
  | {
      by: 'IDENTITY';
      /** Phone, e-mail, card: found by their keyed hash. */
      identities: IdentityValue[];
      /** Last four digits of a phone or card. */
      tail: string | null;
      /** A partner's own number, whoever the partner is. */
      external: string | null;
    }
  /** Beginnings of names, in small letters, ё as е; one to three. */
  | { by: 'NAME'; names: string[] }
  /** It can be nobody. */
  | { by: 'NOTHING' };

const LONGEST = 200;
const MOST_NAMES = 3;

/**
 * A phone in any spelling or its last four digits, an e-mail, a card, a partner's number; else the beginnings of names
 * in any order.
 * @param country of phones without a country code
 */
export function readSearch(text: string, country: string): SearchTerms {
  const typed = text.normalize('NFKC').trim();
  if (typed === '' || typed.length > LONGEST || /\p{Cc}/u.test(typed) || !isStorable(typed))
    return { by: 'NOTHING' };
  if (typed.includes('@')) {
    const email = emailIdentity(typed);
    return email === null ? { by: 'NOTHING' } : identity([email], null, null);
  }
  if (!/\d/.test(typed)) return { by: 'NAME', names: namesOf(typed) };
  const digits = typed.replaceAll(/[\s()+.-]/g, '');
  const found = [phoneIdentity(typed, country), cardIdentity(typed)].filter((one) => one !== null);
  return identity(found, /^\d{4}$/.test(digits) ? digits : null, typed);
}

function identity(identities: IdentityValue[], tail: string | null, external: string | null): SearchTerms {
  return { by: 'IDENTITY', identities, tail, external };
}

function namesOf(typed: string): string[] {
  const words = typed.toLowerCase().replaceAll('ё', 'е').split(/\s+/);
  // More words than names: the last ones belong together (`Анна Мария Луиза Петрова`).
  return words.length <= MOST_NAMES
    ? words
    : [...words.slice(0, MOST_NAMES - 1), words.slice(MOST_NAMES - 1).join(' ')];
}

/** A beginning as LIKE takes it. */
export function beginning(text: string): string {
  return `${text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
}
