import type { Vault } from '../../platform/vault.ts';
import { parseEmail } from './email.ts';
import { parsePhone } from './phone.ts';

export type IdentityKind = 'PHONE' | 'EMAIL' | 'CARD' | 'EXTERNAL' | 'DEVICE';

/** By what a shopper is recognised, normalised: equal spellings are equal values. */
export interface IdentityValue {
  kind: IdentityKind;
  /** Whose number an EXTERNAL id is; empty for the others. */
  source: string;
  value: string;
  masked: string;
}

/** @param country of phones dialled without a country code; null when it is no phone */
export function phoneIdentity(text: string, country: string): IdentityValue | null {
  const phone = parsePhone(text, country);
  return phone && { kind: 'PHONE', source: '', value: phone.e164, masked: phone.masked };
}

export function emailIdentity(text: string): IdentityValue | null {
  const email = parseEmail(text);
  return email && { kind: 'EMAIL', source: '', value: email.address, masked: email.masked };
}

const CARD = /^[A-Z0-9]{4,40}$/;

/** Digits and letters of a printed or scanned number; spaces and dashes are how it is printed. */
export function cardIdentity(text: string): IdentityValue | null {
  if (text.length > 100) return null;
  const value = text
    .normalize('NFKC')
    .replaceAll(/[\s\p{Cc}-]/gu, '')
    .toUpperCase();
  return CARD.test(value) ? { kind: 'CARD', source: '', value, masked: `•••• ${value.slice(-4)}` } : null;
}

const LONGEST_EXTERNAL = 200;

/** A partner's own number: taken as it is, but for spaces around it. */
export function externalIdentity(source: string, text: string): IdentityValue | null {
  const value = text.trim();
  if (value === '' || value.length > LONGEST_EXTERNAL || /\p{Cc}/u.test(value)) return null;
  return { kind: 'EXTERNAL', source, value, masked: value };
}

/** A browser or a phone with the app, as a site or an app numbers them: not who uses it. */
export function deviceIdentity(source: string, text: string): IdentityValue | null {
  const external = externalIdentity(source, text);
  return external && { ...external, kind: 'DEVICE', masked: `…${[...external.value].slice(-4).join('')}` };
}

/** What the identity is found by; the value cannot be told from it. */
export function identityIndex(vault: Vault, { kind, source, value }: IdentityValue): string {
  return vault.index(`identity:${kind}:${source}`, value);
}
