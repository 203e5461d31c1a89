import type { ActionRule } from '@clientele/shared/receipt';

/** Something a shopper did that rules of a program may thank for. */
export interface ActionEvent {
  readonly on: readonly ActionRule['on'][];
  /** Unique for this event: judged again it brings nothing. */
  readonly key: string;
  readonly profileId: string;
  /** Null: of no brand, it counts in every program. */
  readonly brandId: string | null;
  readonly occurredAt: Date;
  /** Of a behaviour event: its kind and what it tells. */
  readonly kind?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** Kinds of behaviour events that count where a rule names none. */
export const USUAL_KINDS: Partial<Readonly<Record<ActionRule['on'], string>>> = {
  SOCIAL_LINK: 'SOCIAL_LINK',
  REVIEW_APPROVED: 'REVIEW_APPROVED',
  SURVEY: 'SURVEY',
  REFERRAL: 'REFERRAL',
};

/** The property of a REFERRAL event that names who invited: an id, phone, e-mail or card. */
export const REFERRER = 'referrer';

/** The kind of behaviour event a rule waits for; null: it waits for something else. */
export function kindOf(rule: Pick<ActionRule, 'on' | 'event'>): string | null {
  if (rule.on === 'ENROLMENT' || rule.on === 'SUBSCRIPTION' || rule.on === 'BIRTHDAY') return null;
  return rule.event ?? USUAL_KINDS[rule.on] ?? null;
}

/** Whether a rule thanks for this event, whoever it is of. */
export function answers(rule: ActionRule, event: ActionEvent): boolean {
  if (!event.on.includes(rule.on)) return false;
  const kind = kindOf(rule);
  if (kind !== null && kind !== event.kind) return false;
  return Object.entries(rule.where ?? {}).every(([property, values]) => {
    const value = textOf(event.properties?.[property]);
    return value !== null && values.includes(value);
  });
}

/**
 * What the rule gives once: '' for the rule as a whole, the value of its property, null for as often as it happens. An
 * event without the property counts as one and the same thing.
 */
export function onceKeyOf(rule: ActionRule, event: ActionEvent): string | null {
  if (rule.once === 'NO') return null;
  if (rule.once === 'SHOPPER') return '';
  // Who is invited counts once, whoever names the same person how.
  if (rule.on === 'REFERRAL' && rule.property === REFERRER) return `=${event.profileId}`;
  const value = rule.property === undefined ? null : textOf(event.properties?.[rule.property]);
  return `=${(value ?? '').slice(0, LONGEST_VALUE)}`;
}

const LONGEST_VALUE = 200;

/** A value of JSON as rules name it; null for what has parts. */
export function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value.trim();
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}
