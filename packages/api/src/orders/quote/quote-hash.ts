import { createHash } from 'node:crypto';
import type { Vault } from '../../platform/vault.ts';

/** What a quote was made of; a signed copy travels with the client, nothing is stored. */
export interface QuoteSeal {
  /** Whose quote: `till:<id>` or a key's; and the store. */
  client: string;
  storeId: string;
  /** Null: nobody known. */
  profileId: string | null;
  verified: boolean;
  /** A short hash a line. */
  lines: string[];
  promoCodes: string;
  versionId: string | null;
  mode: string;
  /** Points there were to spend. */
  available: number;
  /** gross, discount, pointsDiscount, toPay, points applied. */
  totals: number[];
  /** What applied: id, revision, minor units taken off, code, title. */
  promotions: SealedPromotion[];
  /** Epoch milliseconds. */
  validUntil: number;
}

export type SealedPromotion = [
  id: string,
  revision: number,
  amount: number,
  code: string | null,
  title: string,
];

const PURPOSE = 'quote';
const VERSION = 'q2';

export function sealQuote(vault: Vault, seal: QuoteSeal): string {
  const content = Buffer.from(JSON.stringify(seal)).toString('base64url');
  return `${VERSION}.${content}.${vault.index(PURPOSE, content)}`;
}

/** What was sealed; null for what this server did not seal. */
export function openQuote(vault: Vault, hash: string): QuoteSeal | null {
  const [version, content, signature] = hash.split('.');
  if (version !== VERSION || content === undefined || signature === undefined) return null;
  if (vault.index(PURPOSE, content) !== signature) return null;
  return JSON.parse(Buffer.from(content, 'base64url').toString('utf8')) as QuoteSeal;
}

/** A few characters that differ where the content does. */
export function shortHash(content: unknown): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 6);
}
