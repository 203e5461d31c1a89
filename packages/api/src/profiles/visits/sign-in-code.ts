import { randomInt } from 'node:crypto';
import type { Vault } from '../../platform/vault.ts';
import { CODE_LENGTH } from './sign-in-settings.ts';

/** What a code of this room is for; a code for another purpose is no code here. */
export const SIGN_IN = 'SIGN_IN';

export function newCode(): string {
  return String(randomInt(10 ** CODE_LENGTH)).padStart(CODE_LENGTH, '0');
}

/** What is stored of a code: worth nothing for another challenge, client or purpose. */
export function codeMac(
  vault: Vault,
  { challengeId, client, code }: { challengeId: string; client: string; code: string },
): string {
  return vault.index('sign-in-code', [SIGN_IN, challengeId, client, code].join('\u0000'));
}

/** As typed: spaces and dashes are forgiven; null for what is no code. */
export function parseCode(typed: string): string | null {
  const code = typed.slice(0, 40).normalize('NFKC').replaceAll(/[\s-]/g, '');
  return new RegExp(`^\\d{${CODE_LENGTH}}$`).test(code) ? code : null;
}
