import type { Context } from '../../platform/context.ts';
import {
  cardIdentity,
  emailIdentity,
  externalIdentity,
  identityIndex,
  phoneIdentity,
  type IdentityValue,
} from './identity.ts';

/** Deeper than any record goes. */
const MOST_DEPTH = 6;

/**
 * Blind indexes of every identity a record of any kind names, whatever else is wrong with it: what is kept of it is
 * found again when that person is erased. Looks by the names of fields: phone(s), email(s), card(s), externalId, and
 * external { source, id }.
 */
export function indexesIn(
  { vault, actor }: Pick<Context, 'vault' | 'actor'>,
  source: string,
  record: unknown,
): string[] {
  const found = new Set<string>();
  const country = actor.till?.country ?? 'RU';
  const add = (identity: IdentityValue | null): void => {
    if (identity !== null) found.add(identityIndex(vault, identity));
  };
  const READERS: Readonly<Record<string, (text: string) => IdentityValue | null>> = {
    phone: (text) => phoneIdentity(text, country),
    email: emailIdentity,
    card: cardIdentity,
    externalId: (text) => externalIdentity(source, text),
  };
  const look = (value: unknown, depth: number): void => {
    if (typeof value !== 'object' || value === null || depth > MOST_DEPTH) return;
    for (const [name, inner] of Object.entries(value)) {
      const read = READERS[name.replace(/s$/, '')];
      for (const text of Array.isArray(inner) ? inner : [inner]) {
        if (read !== undefined && typeof text === 'string') add(read(text));
        else look(text, depth + 1);
      }
      if (name === 'external') addExternal(inner);
    }
  };
  const addExternal = (external: unknown): void => {
    const { source: of, id } = (external ?? {}) as { source?: unknown; id?: unknown };
    if (typeof id === 'string') add(externalIdentity(typeof of === 'string' ? of : source, id));
  };
  look(record, 0);
  return [...found];
}
