import type { Vault } from '../../../platform/vault.ts';
import { identityIndex, type IdentityValue } from '../../../profiles/index.ts';
import type { Random } from '../../random.ts';
import { copyTime, NULL } from '../bulk/row-text.ts';
import type { TimeOrderedIds } from '../bulk/time-ordered-ids.ts';

export interface IdentityMaker {
  readonly vault: Vault;
}

/** Invented numbers, spread so that neighbours do not look alike; none is one of the small demo company's. */
const NUMBERS = 9_900_000;
const FIRST_NUMBER = 100_000;
const SPREAD = 7_919;

function numberOf(person: number): string {
  return String(FIRST_NUMBER + ((person * SPREAD) % NUMBERS)).padStart(7, '0');
}

export interface IdentityRow {
  readonly identityId: string;
  readonly blindIndex: string;
  /** From the third column on. */
  readonly row: string;
}

interface Whose {
  readonly ids: TimeOrderedIds;
  readonly person: number;
  readonly isKazakh: boolean;
  readonly createdAt: number;
}

/** A phone mostly, an e-mail often, a card or the number of the site sometimes; one of them always. */
export function identityRows(random: Random, { vault }: IdentityMaker, whose: Whose): IdentityRow[] {
  const { ids, person, isKazakh, createdAt } = whose;
  const at = copyTime(createdAt);
  const values: { identity: IdentityValue; isVerified: boolean }[] = [];
  const number = numberOf(person);
  if (random.chance(0.94)) {
    const masked = `+7 ••• •••-${number.slice(3, 5)}-${number.slice(5)}`;
    const value = `${isKazakh ? '+7701' : '+7999'}${number}`;
    values.push({ identity: { kind: 'PHONE', source: '', value, masked }, isVerified: random.chance(0.8) });
  }
  if (values.length === 0 || random.chance(0.62)) {
    const value = `v${String(person).padStart(7, '0')}@example.com`;
    const identity: IdentityValue = { kind: 'EMAIL', source: '', value, masked: 'v•••@example.com' };
    values.push({ identity, isVerified: random.chance(0.3) });
  }
  if (random.chance(0.35)) {
    const value = `29${String(person).padStart(10, '0')}`;
    const identity: IdentityValue = { kind: 'CARD', source: '', value, masked: `•••• ${value.slice(-4)}` };
    values.push({ identity, isVerified: false });
  }
  if (random.chance(0.45)) {
    const value = `u${person + 1}`;
    values.push({ identity: { kind: 'EXTERNAL', source: 'site', value, masked: value }, isVerified: false });
  }
  return values.map(({ identity, isVerified }) => {
    const blindIndex = identityIndex(vault, identity);
    const { kind, source, value, masked } = identity;
    return {
      identityId: ids.next(createdAt),
      blindIndex,
      row: `${kind}\t${source}\t${vault.seal(value)}\t${masked}\t${blindIndex}\t${isVerified ? at : NULL}\t0\t${at}\n`,
    };
  });
}
