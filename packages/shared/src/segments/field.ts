import type { GoodsFilter } from '../rules/index.ts';
import type { AttributeTest, PropertyTest, PurchaseFilter } from './leaf-args.ts';
import type { Moments } from './moments.ts';
import type { Range } from './range.ts';

/** What a condition may name that has to be there: by code (STORE, TIER …) or id (SEGMENT, POOL …). PRODUCT: by SKU. */
export const REFERENCE_KINDS = [
  'STORE',
  'PRODUCT',
  'CATEGORY',
  'ATTRIBUTE',
  'SEGMENT',
  'SNAPSHOT',
  'POOL',
  'PROGRAM',
  'TIER',
  'MODEL',
  'EVENT',
] as const;
export type ReferenceKind = (typeof REFERENCE_KINDS)[number];
/** Those that have no code: they are named by the ids of their rows. */
export const ROW_KINDS = [
  'SEGMENT',
  'SNAPSHOT',
  'POOL',
  'PROGRAM',
  'MODEL',
] as const satisfies readonly ReferenceKind[];
export type RowKind = (typeof ROW_KINDS)[number];

export function isRowKind(kind: ReferenceKind): kind is RowKind {
  return ROW_KINDS.some((one) => one === kind);
}

/** What the numbers of a range are. MONEY: minor units; NUMBER: any number; the others are whole. */
export type RangeUnit = 'COUNT' | 'MONEY' | 'YEARS' | 'POINTS' | 'NUMBER';

/** The unit where another argument decides it: `units` by its value, else `otherwise`. */
export interface UnitByArgument {
  readonly by: string;
  readonly units: Readonly<Record<string, RangeUnit>>;
  readonly otherwise: RangeUnit;
}

/** Asked for (and then needed, unless `optional`) only while the argument `by` is one of `among`; out of place else. */
export interface AskedWhen {
  readonly by: string;
  readonly among: readonly string[];
}

/** One argument of a leaf: what its form shows, its JSON holds (`FieldValues`) and its check demands. */
export type FieldType =
  | { readonly type: 'text'; readonly longest: number }
  | { readonly type: 'name' }
  | { readonly type: 'reference' | 'references'; readonly to: ReferenceKind }
  | { readonly type: 'choice' | 'choices'; readonly options: readonly string[] }
  | { readonly type: 'count' | 'days' | 'basisPoints'; readonly least: number; readonly most: number }
  | { readonly type: 'range'; readonly unit: RangeUnit | UnitByArgument }
  | {
      readonly type:
        | 'texts'
        | 'flag'
        | 'moments'
        | 'purchases'
        | 'goods'
        | 'scores'
        | 'currency'
        | 'attributeTest'
        | 'propertyTests';
    };

export type Field = FieldType & { readonly optional?: boolean; readonly when?: AskedWhen };

/** What an argument of each type holds. */
export interface FieldValues {
  readonly text: string;
  readonly name: string;
  /** A code or an id. */
  readonly reference: string;
  readonly references: readonly string[];
  /** One of `options`. */
  readonly choice: string;
  readonly choices: readonly string[];
  readonly texts: readonly string[];
  readonly flag: boolean;
  readonly count: number;
  readonly days: number;
  /** 10 000 = 100 % = ×1. */
  readonly basisPoints: number;
  readonly range: Range;
  readonly moments: Moments;
  readonly purchases: PurchaseFilter;
  readonly goods: GoodsFilter;
  /** Whole numbers of 1 to 5; none: any. */
  readonly scores: readonly number[];
  /** ISO 4217. */
  readonly currency: string;
  readonly attributeTest: AttributeTest;
  readonly propertyTests: readonly PropertyTest[];
}

/** Whether a field is asked for, the other arguments being as they are. */
export function isAsked({ when }: Field, args: Readonly<Record<string, unknown>>): boolean {
  return when === undefined || when.among.some((value) => value === args[when.by]);
}

/** What the numbers of a range are, the other arguments being as they are. */
export function unitOf(unit: RangeUnit | UnitByArgument, args: Readonly<Record<string, unknown>>): RangeUnit {
  if (typeof unit === 'string') return unit;
  const value = args[unit.by];
  const known = typeof value === 'string' && Object.hasOwn(unit.units, value);
  return (known ? unit.units[value] : undefined) ?? unit.otherwise;
}
