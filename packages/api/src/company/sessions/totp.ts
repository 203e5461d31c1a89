import { randomInt } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

/** One-time codes of an authenticator app (RFC 6238: SHA-1, six digits, 30 seconds) and recovery codes; no database. */

const PERIOD_SECONDS = 30;
/** A telephone may be half a minute off, either way. */
const WINDOW = 1;
const ISSUER = 'Clientele';

export function newSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** What the app reads as a QR code. @param label whose it is: an e-mail */
export function secretUri(secret: string, label: string): string {
  return totpOf(secret, label).toString();
}

/** Which 30 seconds since 1970 this code is of; null: none of those that count now. */
export function stepOfCode(secret: string, code: string, now: Date): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const delta = totpOf(secret, ISSUER).validate({ token: code, timestamp: now.getTime(), window: WINDOW });
  return delta === null ? null : Math.floor(now.getTime() / 1000 / PERIOD_SECONDS) + delta;
}

function totpOf(secret: string, label: string): TOTP {
  return new TOTP({
    issuer: ISSUER,
    label,
    algorithm: 'SHA1',
    digits: 6,
    period: PERIOD_SECONDS,
    secret: Secret.fromBase32(secret),
  });
}

/** No letter or digit that is taken for another. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
const CODES = 10;
const HALF = 5;

/** Ten codes of 49 bits, as people write them down: `k7mq2-xw9fd`. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: CODES }, () => `${halfOfCode()}-${halfOfCode()}`);
}

function halfOfCode(): string {
  return Array.from({ length: HALF }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

/** However it was typed; null for what is none. */
export function plainRecoveryCode(text: string): string | null {
  const plain = text.toLowerCase().replaceAll(/[\s-]/g, '');
  return plain.length === HALF * 2 && [...plain].every((sign) => ALPHABET.includes(sign)) ? plain : null;
}
