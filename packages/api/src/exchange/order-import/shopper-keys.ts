import {
  cardIdentity,
  emailIdentity,
  externalIdentity,
  identityIndex,
  phoneIdentity,
  type IdentityValue,
} from '../../profiles/index.ts';
import type { Vault } from '../../platform/vault.ts';
import type { OrderMapping } from './mapping.ts';
import type { ShopperKey } from './row-reader.ts';

const KEPT = 200_000;

export interface ShopperKeyOptions {
  readonly vault: Vault;
  readonly kind: OrderMapping['shopperKind'];
  /** Whose numbers EXTERNAL ones are. */
  readonly source: string;
  /** Of phones without a country code. */
  readonly country: string;
}

/**
 * What shoppers are found by, keyed so that nothing of a phone or e-mail can be read from it. A shopper's key is made
 * once for all lines, a bounded number of shoppers is remembered.
 */
export function shopperKeys(options: ShopperKeyOptions): (value: string) => ShopperKey | null {
  const known = new Map<string, ShopperKey | null>();
  return (value) => {
    const before = known.get(value);
    if (before !== undefined) return before;
    if (known.size >= KEPT) known.clear();
    const identity = identityOf(options, value);
    if (identity === null) {
      known.set(value, null);
      return null;
    }
    const index = identityIndex(options.vault, identity);
    known.set(value, { index, contact: null });
    return { index, contact: { sealed: options.vault.seal(identity.value), masked: identity.masked } };
  };
}

function identityOf({ kind, source, country }: ShopperKeyOptions, value: string): IdentityValue | null {
  if (kind === 'PHONE') return phoneIdentity(value, country);
  if (kind === 'EMAIL') return emailIdentity(value);
  if (kind === 'CARD') return cardIdentity(value);
  return externalIdentity(source, value);
}
