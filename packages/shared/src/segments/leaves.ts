import { BOUNDS } from '../rules/index.ts';
import { isRowKind } from './field.ts';
import type { Field, ReferenceKind, RowKind } from './field.ts';
import {
  ANNIVERSARIES,
  CODE_STATES,
  CONSENT_PURPOSES,
  CONSENT_STATES,
  CONTACT_CHANNELS,
  EVENT_MEASURES,
  GENDERS,
  IDENTITY_KINDS,
  KNOWN_FIELDS,
  LIFECYCLE_STAGES,
  MONEY_MEASURES,
  POINTS_KINDS,
  PURCHASE_MEASURES,
} from './leaf-args.ts';
import type { LeafArgs, LeafCode } from './leaf-args.ts';

export const LEAF_GROUPS = ['PROFILE', 'PURCHASES', 'BEHAVIOUR', 'LOYALTY', 'SETS'] as const;
export type LeafGroup = (typeof LEAF_GROUPS)[number];

/** One kind of leaf: where the builder lists it and what it is asked with, in the order of its form. */
export interface LeafForm<Code extends LeafCode = LeafCode> {
  readonly group: LeafGroup;
  readonly args: { readonly [Name in keyof LeafArgs[Code]]-?: FieldOf<LeafArgs[Code], Name> };
}

/** An argument that may be absent says so; one that may not, does not. */
type FieldOf<Args, Name extends keyof Args> =
  Record<never, never> extends Pick<Args, Name>
    ? Field & ({ readonly optional: true } | { readonly when: object })
    : Field & { readonly optional?: never; readonly when?: never };

const shortText = { type: 'text', longest: BOUNDS.text } as const;
const days = { type: 'days', least: 1, most: BOUNDS.days } as const;
const daysAround = { type: 'days', least: 0, most: 180 } as const;
const moments = { type: 'moments' } as const;
const purchases = { type: 'purchases' } as const;
const first = { type: 'choice', options: ['FIRST', 'LAST'] } as const;
const event = { type: 'reference', to: 'EVENT' } as const;
const where = { type: 'propertyTests', optional: true } as const;
const scores = { type: 'scores' } as const;
const measuredInMoney = Object.fromEntries(MONEY_MEASURES.map((measure) => [measure, 'MONEY' as const]));

/** Every kind of leaf: API check, form of the builder and walkers are made of this table. */
export const LEAVES: { readonly [Code in LeafCode]: LeafForm<Code> } = {
  GENDER: { group: 'PROFILE', args: { among: { type: 'choices', options: GENDERS } } },
  AGE: { group: 'PROFILE', args: { years: { type: 'range', unit: 'YEARS' } } },
  FIELD_KNOWN: { group: 'PROFILE', args: { field: { type: 'choice', options: KNOWN_FIELDS } } },
  PREFERRED_STORE: { group: 'PROFILE', args: { stores: { type: 'references', to: 'STORE' } } },
  PREFERRED_CHANNEL: { group: 'PROFILE', args: { channels: { type: 'choices', options: CONTACT_CHANNELS } } },
  KNOWN_SINCE: { group: 'PROFILE', args: { moments } },
  MEMBER_SINCE: { group: 'PROFILE', args: { moments } },
  DO_NOT_DISTURB: { group: 'PROFILE', args: {} },
  ATTRIBUTE: {
    group: 'PROFILE',
    args: { attribute: { type: 'reference', to: 'ATTRIBUTE' }, test: { type: 'attributeTest' } },
  },
  TAG: { group: 'PROFILE', args: { tags: { type: 'texts' } } },
  CONSENT: {
    group: 'PROFILE',
    args: {
      purpose: { type: 'choice', options: CONSENT_PURPOSES },
      channel: { type: 'choice', options: CONTACT_CHANNELS, optional: true },
      topic: { ...shortText, optional: true },
      state: { type: 'choice', options: CONSENT_STATES },
    },
  },
  IDENTITY: {
    group: 'PROFILE',
    args: { kind: { type: 'choice', options: IDENTITY_KINDS }, verified: { type: 'flag', optional: true } },
  },
  ANNIVERSARY: {
    group: 'PROFILE',
    args: { of: { type: 'choice', options: ANNIVERSARIES }, daysBefore: daysAround, daysAfter: daysAround },
  },

  PURCHASES: {
    group: 'PURCHASES',
    args: {
      measure: { type: 'choice', options: PURCHASE_MEASURES },
      purchases: { ...purchases, optional: true },
      moments,
      range: {
        type: 'range',
        unit: { by: 'measure', units: measuredInMoney, otherwise: 'COUNT' },
      },
      currency: { type: 'currency', when: { by: 'measure', among: MONEY_MEASURES } },
    },
  },
  PURCHASE_DATE: {
    group: 'PURCHASES',
    args: { which: first, purchases: { ...purchases, optional: true }, moments },
  },
  BOUGHT_WITHOUT: { group: 'PURCHASES', args: { first: purchases, without: purchases, days, moments } },
  OWN_INTERVAL: {
    group: 'PURCHASES',
    args: {
      times: { type: 'basisPoints', least: 1, most: BOUNDS.factor },
      purchases: { ...purchases, optional: true },
    },
  },
  INTEREST: {
    group: 'PURCHASES',
    args: {
      goods: { type: 'goods' },
      leastShare: { type: 'basisPoints', least: 1, most: BOUNDS.rate },
      pieces: { type: 'count', least: 1, most: BOUNDS.count },
      halfLifeDays: days,
    },
  },
  RFM: {
    group: 'PURCHASES',
    args: {
      model: { type: 'reference', to: 'MODEL' },
      recency: scores,
      frequency: scores,
      monetary: scores,
    },
  },
  LIFECYCLE: { group: 'PURCHASES', args: { stages: { type: 'choices', options: LIFECYCLE_STAGES } } },

  EVENTS: {
    group: 'BEHAVIOUR',
    args: {
      event,
      measure: { type: 'choice', options: EVENT_MEASURES },
      property: { type: 'name', when: { by: 'measure', among: ['SUM', 'GREATEST', 'DISTINCT_VALUES'] } },
      where,
      moments,
      range: {
        type: 'range',
        unit: { by: 'measure', units: { SUM: 'NUMBER', GREATEST: 'NUMBER' }, otherwise: 'COUNT' },
      },
    },
  },
  EVENT_DATE: { group: 'BEHAVIOUR', args: { which: first, event, where, moments } },

  POINTS: {
    group: 'LOYALTY',
    args: {
      which: { type: 'choice', options: POINTS_KINDS },
      withinDays: { ...days, when: { by: 'which', among: ['EXPIRING'] } },
      program: { type: 'reference', to: 'PROGRAM', optional: true },
      range: { type: 'range', unit: 'POINTS' },
    },
  },
  TIER: { group: 'LOYALTY', args: { tiers: { type: 'references', to: 'TIER' } } },
  PROMO_CODE: {
    group: 'LOYALTY',
    args: {
      pools: { type: 'references', to: 'POOL', optional: true },
      state: { type: 'choice', options: CODE_STATES },
      moments: { ...moments, optional: true },
    },
  },

  SEGMENT: { group: 'SETS', args: { segment: { type: 'reference', to: 'SEGMENT' } } },
  SNAPSHOT: { group: 'SETS', args: { snapshot: { type: 'reference', to: 'SNAPSHOT' } } },
  BUCKET: {
    group: 'SETS',
    args: {
      seed: shortText,
      from: { type: 'basisPoints', least: 0, most: BOUNDS.rate },
      to: { type: 'basisPoints', least: 1, most: BOUNDS.rate },
    },
  },
};

export const LEAF_CODES = Object.keys(LEAVES) as readonly LeafCode[];

export function isLeafCode(code: unknown): code is LeafCode {
  return typeof code === 'string' && Object.hasOwn(LEAVES, code);
}

/** The arguments of a kind of leaf, for whoever walks over them by name. */
export function fieldsOf(code: LeafCode): readonly (readonly [string, Field])[] {
  return Object.entries(LEAVES[code].args);
}

/** What a filter of purchases names besides goods. */
export const NAMED_BY_PURCHASES = { stores: 'STORE', codePools: 'POOL' } as const;

/** Arguments that hold ids of rows, and of which: a name means the same in every leaf. */
export const ROWS_OF_ARGUMENTS: ReadonlyMap<string, RowKind> = new Map(
  [...LEAF_CODES.flatMap(fieldsOf).flatMap(referenceIn), ...Object.entries(NAMED_BY_PURCHASES)].flatMap(
    ([name, kind]) => (isRowKind(kind) ? [[name, kind] as const] : []),
  ),
);

function referenceIn([name, field]: readonly [string, Field]): (readonly [string, ReferenceKind])[] {
  return field.type === 'reference' || field.type === 'references' ? [[name, field.to]] : [];
}
