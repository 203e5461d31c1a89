import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import type { Vault } from '../../platform/vault.ts';

const COST = { N: 16_384, r: 8, p: 1 };
const KEY_BYTES = 32;

/** Four to eight digits. */
export function isPin(value: string): boolean {
  return /^\d{4,8}$/.test(value);
}

/**
 * Slow to check, and keyed by the vault besides: four digits alone would not survive a stolen table.
 * @param staffId binds the hash to its owner
 */
export async function hashPin(vault: Vault, staffId: string, pin: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(vault.index(`pin:${staffId}`, pin), salt);
  return `scrypt.${salt.toString('base64url')}.${key.toString('base64url')}`;
}

export async function pinMatches(vault: Vault, staffId: string, pin: string, hash: string): Promise<boolean> {
  const [method, salt, key] = hash.split('.');
  if (method !== 'scrypt' || salt === undefined || key === undefined) return false;
  const derived = await derive(vault.index(`pin:${staffId}`, pin), Buffer.from(salt, 'base64url'));
  return timingSafeEqual(derived, Buffer.from(key, 'base64url'));
}

function derive(secret: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(secret, salt, KEY_BYTES, COST, (error, key) => (error ? reject(error) : resolve(key)));
  });
}
