import type { Context } from '../../platform/context.ts';

/** Names of fields that tell who somebody is, wherever they stand in a record. */
const CONTACTS = new Set(['phone', 'phones', 'email', 'emails', 'card', 'cards']);
const PERSONAL = new Set([...CONTACTS, 'givenName', 'familyName', 'patronymic', 'birthDate', 'attributes']);

type Look = 'WHOLE' | 'MASKED' | 'ABSENT';

/** Who may read contacts sees them; who may correct records or sees masks at a till, masks; others nothing of them. */
export function lookOf({ actor: { scopes } }: Pick<Context, 'actor'>): Look {
  if (scopes.has('profiles.contacts')) return 'WHOLE';
  return scopes.has('profiles.masked') || scopes.has('imports.run') ? 'MASKED' : 'ABSENT';
}

/** A refused record as this caller may see it. */
export function shownContent(ctx: Pick<Context, 'actor'>, content: unknown): unknown {
  const look = lookOf(ctx);
  return look === 'WHOLE' ? content : walk(content, look, false);
}

function walk(value: unknown, look: Look, personal: boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => walk(item, look, personal));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, walk(inner, look, personal || PERSONAL.has(name))]),
    );
  }
  if (!personal || value === null) return value;
  return look === 'ABSENT' ? null : masked(String(value));
}

const SHOWN = 2;

/** The end of it, so that two of them can be told apart: •••67. */
function masked(text: string): string {
  return `•••${text.length > 2 * SHOWN ? text.slice(-SHOWN) : ''}`;
}

/**
 * What somebody edited who saw only masks: a mask that was left as it was stands for what it hides.
 * @returns the record with the hidden values back in their places
 */
export function unmasked(ctx: Pick<Context, 'actor'>, edited: unknown, original: unknown): unknown {
  if (lookOf(ctx) === 'WHOLE') return edited;
  return putBack(edited, shownContent(ctx, original), original);
}

function putBack(edited: unknown, shown: unknown, original: unknown): unknown {
  if (Array.isArray(edited) && Array.isArray(shown) && Array.isArray(original))
    return edited.map((item, index) => putBack(item, shown[index], original[index]));
  if (isRecord(edited) && isRecord(shown) && isRecord(original)) {
    return Object.fromEntries(
      Object.entries(edited).map(([name, inner]) => [name, putBack(inner, shown[name], original[name])]),
    );
  }
  return edited === shown ? original : edited;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
