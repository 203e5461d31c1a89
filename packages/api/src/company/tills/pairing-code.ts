import { randomInt } from 'node:crypto';
import type { Vault } from '../../platform/vault.ts';

/** Without 0 O, 1 I L: read aloud and typed by hand. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const LENGTH = 8;

export function newPairingCode(): string {
  return Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

/** As typed: small letters, spaces and dashes are forgiven. null for what cannot be a code. */
export function parsePairingCode(typed: string): string | null {
  const code = typed.slice(0, 100).replaceAll(/[\s-]/g, '').toUpperCase();
  return code.length === LENGTH && [...code].every((sign) => ALPHABET.includes(sign)) ? code : null;
}

export function pairingCodeIndex(vault: Vault, code: string): string {
  return vault.index('pairing-code', code);
}
