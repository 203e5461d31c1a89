import { UnusableMapping } from '../../exchange.errors.ts';
import type { TableKind, TableMapping } from './table-mapping.ts';

export interface FieldRule {
  readonly field: string;
  /** Several columns may be this field. */
  readonly many?: boolean;
  /** The field carries a name of the company's own: `attribute:<name>`. */
  readonly named?: boolean;
}

/** What the columns of a kind may mean. */
export const FIELDS: Readonly<Record<TableKind, readonly FieldRule[]>> = {
  PROFILES: [
    { field: 'externalId' },
    { field: 'phone', many: true },
    { field: 'email', many: true },
    { field: 'card', many: true },
    { field: 'fullName' },
    { field: 'familyName' },
    { field: 'givenName' },
    { field: 'patronymic' },
    { field: 'birthDate' },
    { field: 'gender' },
    { field: 'tags', many: true },
    { field: 'consent', many: true, named: true },
    { field: 'attribute', many: true, named: true },
    { field: 'preferredStore' },
    { field: 'preferredChannel' },
    { field: 'doNotDisturb' },
    { field: 'updatedAt' },
  ],
  PRODUCTS: [
    { field: 'sku' },
    { field: 'name' },
    { field: 'barcode', many: true },
    { field: 'category', many: true },
    { field: 'brand' },
    { field: 'price' },
    { field: 'oldPrice' },
    { field: 'minUnitPrice' },
    { field: 'url' },
    { field: 'imageUrl' },
    { field: 'earnable' },
    { field: 'redeemable' },
    { field: 'available' },
    { field: 'attribute', many: true, named: true },
  ],
  EVENTS: [
    { field: 'externalId' },
    { field: 'kind' },
    { field: 'occurredAt' },
    { field: 'visitor' },
    { field: 'session' },
    { field: 'profileExternalId' },
    { field: 'phone' },
    { field: 'email' },
    { field: 'card' },
    { field: 'property', many: true, named: true },
    { field: 'properties' },
  ],
  BALANCES: [
    { field: 'externalId' },
    { field: 'profileExternalId' },
    { field: 'phone' },
    { field: 'email' },
    { field: 'card' },
    { field: 'points' },
    { field: 'activateAt' },
    { field: 'expireAt' },
  ],
};

/** What of each kind every file must have: one of each group. */
const NEEDED: Readonly<Record<TableKind, readonly (readonly string[])[]>> = {
  PROFILES: [['externalId', 'phone', 'email', 'card']],
  PRODUCTS: [['sku']],
  EVENTS: [['occurredAt'], ['visitor', 'profileExternalId', 'phone', 'email', 'card']],
  BALANCES: [['profileExternalId', 'phone', 'email', 'card'], ['points']],
};

/** A mapped column: where it stands in the file and what it means. */
export interface MappedColumn {
  readonly at: number;
  readonly column: string;
  readonly field: string;
  /** Of a named field: `attribute:city` → `city`. */
  readonly name: string;
}

/**
 * Where each field of a mapping stands in a file.
 * @throws UnusableMapping when the mapping names a column the file has not, an unknown field, or too little
 */
export function placeColumns(mapping: TableMapping, header: readonly string[]): MappedColumn[] {
  const rules = new Map(FIELDS[mapping.kind].map((rule) => [rule.field, rule]));
  const seen = new Set<string>();
  const placed = mapping.columns.map(({ column, field: whole }) => {
    const at = header.indexOf(column.trim());
    if (at === -1)
      throw new UnusableMapping(
        `the file has no column "${column}"; its columns are ${header.map((name) => `"${name}"`).join(', ')}`,
      );
    const [field = '', ...names] = whole.split(':');
    const rule = rules.get(field);
    const name = names.join(':').trim();
    if (rule === undefined || (rule.named === true) !== (name !== ''))
      throw new UnusableMapping(`"${whole}" is no field of ${mapping.kind.toLowerCase()}`);
    if (seen.has(whole) && (rule.many !== true || rule.named === true))
      throw new UnusableMapping(`two columns are "${whole}"`);
    seen.add(whole);
    return { at, column: header[at] ?? column, field, name };
  });
  for (const group of NEEDED[mapping.kind]) {
    if (!placed.some(({ field }) => group.includes(field)))
      throw new UnusableMapping(`no column is ${group.map((field) => `"${field}"`).join(' or ')}`);
  }
  return placed;
}
