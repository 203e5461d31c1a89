/**
 * A wedge scanner types like a very fast person and ends with Enter. It is read by `event.code`: the keys'
 * places, which a Russian layout does not change.
 */

export interface WedgeKey {
  code: string;
  shift: boolean;
  /** Milliseconds, any origin. */
  at: number;
}

export interface Burst {
  text: string;
  lastAt: number;
  /** It began in the middle of other typing: a scanner that hesitated, or a hand. */
  interrupted: boolean;
}

/** What the cursor stands in: some fields are typed or pasted as fast as a scanner types. */
export type WedgePlace = 'phone' | 'search' | 'code' | 'number' | 'text' | 'nowhere';

const LONGEST_GAP_MS = 80;
/** Within so long after another key a new burst is the rest of the same text. */
const SAME_TEXT_MS = 500;
const SHORTEST = 6;
const SYMBOLS: Readonly<Record<string, readonly [string, string]>> = {
  Minus: ['-', '_'],
  Equal: ['=', '+'],
  Slash: ['/', '?'],
  Period: ['.', '>'],
  Semicolon: [';', ':'],
  NumpadSubtract: ['-', '-'],
  NumpadAdd: ['+', '+'],
  NumpadDivide: ['/', '/'],
  NumpadDecimal: ['.', '.'],
};
const SHIFTED_DIGITS = ')!@#$%^&*(';

/** The character on that key of a US layout; null for control keys, which a scan drops. */
export function characterOf(key: WedgeKey): string | null {
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(key.code)?.[1];
  if (digit !== undefined) {
    return key.shift && key.code.startsWith('Digit') ? (SHIFTED_DIGITS[Number(digit)] ?? null) : digit;
  }
  const letter = /^Key([A-Z])$/.exec(key.code)?.[1];
  if (letter !== undefined) return key.shift ? letter : letter.toLowerCase();
  const symbol = SYMBOLS[key.code];
  return symbol === undefined ? null : symbol[key.shift ? 1 : 0];
}

/** Adds a key to the burst, or starts a new one after a pause only a hand makes. */
export function addKey(burst: Burst | null, key: WedgeKey): Burst | null {
  const character = characterOf(key);
  const goesOn = burst !== null && key.at - burst.lastAt <= LONGEST_GAP_MS;
  if (character === null) return goesOn ? { ...burst, lastAt: key.at } : null;
  if (goesOn) return { ...burst, text: burst.text + character, lastAt: key.at };
  const interrupted = burst !== null && key.at - burst.lastAt <= SAME_TEXT_MS;
  return { text: character, lastAt: key.at, interrupted };
}

/** The scanned text when Enter or Tab ends a burst that only a scanner could have typed there; else null. */
export function scanAt(burst: Burst | null, at: number, place: WedgePlace): string | null {
  if (burst === null || at - burst.lastAt > LONGEST_GAP_MS || burst.text.length < SHORTEST) return null;
  // These fields take the whole text as it stands there: nothing of a hesitant scan is lost.
  if (burst.interrupted && (place === 'phone' || place === 'search')) return null;
  if (place === 'phone' && isPhoneLike(burst.text)) return null;
  if (place === 'code' && /^\d{4,8}$/.test(burst.text)) return null;
  if (place === 'number' && burst.text.length < 8) return null;
  return place === 'text' ? null : burst.text;
}

/** Ten or eleven digits are no barcode's length, so a fast phone stays a phone. */
function isPhoneLike(text: string): boolean {
  return /^\+?\d{10,12}$/.test(text) && (text.startsWith('+') || text.length <= 11);
}
