import type { GoodsFilter } from '../../rules/index.ts';
import type { Condition } from '../condition.ts';
import type { Field, ReferenceKind } from '../field.ts';
import type { PurchaseFilter } from '../leaf-args.ts';
import { fieldsOf, NAMED_BY_PURCHASES } from '../leaves.ts';
import { leavesOf } from './leaves-of.ts';

/** Something a condition names, and where: it may be gone one day. */
export interface Reference {
  readonly path: readonly string[];
  readonly kind: ReferenceKind;
  readonly value: string;
}

/** Everything named, in the order of the condition; as often as it is named. @param condition one without problems */
export function referencesOf(condition: Condition): readonly Reference[] {
  return leavesOf(condition).flatMap(({ path, node }) => {
    const args: Readonly<Record<string, unknown>> = { ...node };
    return fieldsOf(node.leaf).flatMap(([name, field]) =>
      args[name] === undefined ? [] : referencesIn(field, args[name], [...path, name]),
    );
  });
}

/** Ids of the segments a condition is made of, each once. */
export function segmentsNamed(condition: Condition): readonly string[] {
  const named = leavesOf(condition).flatMap(({ node }) => (node.leaf === 'SEGMENT' ? [node.segment] : []));
  return [...new Set(named)];
}

function referencesIn(field: Field, value: unknown, path: readonly string[]): readonly Reference[] {
  switch (field.type) {
    case 'reference':
      return [{ path, kind: field.to, value: String(value) }];
    case 'references':
      return listed(field.to, value as readonly string[], path);
    case 'goods':
      return ofGoods(value as GoodsFilter, path);
    case 'purchases':
      return ofPurchases(value as PurchaseFilter, path);
    default:
      return [];
  }
}

function ofPurchases(
  { goods, stores, codePools }: PurchaseFilter,
  path: readonly string[],
): readonly Reference[] {
  return [
    ...ofGoods(goods?.only, [...path, 'goods', 'only']),
    ...ofGoods(goods?.except, [...path, 'goods', 'except']),
    ...listed(NAMED_BY_PURCHASES.stores, stores, [...path, 'stores']),
    ...listed(NAMED_BY_PURCHASES.codePools, codePools, [...path, 'codePools']),
  ];
}

function ofGoods(goods: GoodsFilter | undefined, path: readonly string[]): readonly Reference[] {
  return [
    ...listed('CATEGORY', goods?.categories, [...path, 'categories']),
    ...listed('PRODUCT', goods?.skus, [...path, 'skus']),
  ];
}

function listed(
  kind: ReferenceKind,
  values: readonly string[] | undefined,
  path: readonly string[],
): readonly Reference[] {
  return (values ?? []).map((value, index) => ({ path: [...path, String(index)], kind, value }));
}
