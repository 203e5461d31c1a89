import { selectionTest } from '@clientele/shared/rules';
import { sql } from 'kysely';
import { goodsMatch } from '../../catalog/index.ts';
import { anyOf, inScope, type Fragment, type Scope } from '../../segments/index.ts';
import type { GoodsWant } from './purchase.ts';

/** Bits of a bigint that need no sign. */
const BITS = 62;

/** `profile_id`, `order_id`, `sku`, `paid` and `kept_milli` of lines of which something was kept. */
export function keptLines(scope: Scope): Fragment {
  return sql`select l.profile_id, l.order_id, l.sku, l.to_pay - coalesce(back.paid, 0) as paid,
      l.quantity_milli - l.returned_milli as kept_milli
    from order_line l
    left join (select r.profile_id, r.order_id, rl.number, sum(rl.money_back)::bigint as paid
      from order_return r join return_line rl on rl.profile_id = r.profile_id and rl.return_id = r.id
      where ${inScope(scope, sql`r.profile_id`)} and ${inScope(scope, sql`rl.profile_id`)} and r.order_id is not null
      group by r.profile_id, r.order_id, rl.number) back
      on back.profile_id = l.profile_id and back.order_id = l.order_id and back.number = l.number
    where ${inScope(scope, sql`l.profile_id`)} and l.returned_milli < l.quantity_milli`;
}

/**
 * Kept lines with marks of the goods that are wanted, one bit a want: what is wanted of a whole purchase is then one
 * `bit_or`, however many goods conditions name. Lines without a mark may be missing.
 */
export function markedLines(scope: Scope, wants: readonly GoodsWant[]): Fragment {
  const join = wants.some(takesUnknown) ? sql`left join` : sql`join`;
  return linesWithMarks(scope, wants, join);
}

/** The same, all lines, with the `category` of their goods. */
export function everyMarkedLine(scope: Scope, wants: readonly GoodsWant[]): Fragment {
  if (wants.length > 0) return withCategory(linesWithMarks(scope, wants, sql`left join`));
  return withCategory(keptLines(scope));
}

/** Whether a line, or a purchase with `marksOfPurchase`, has what the want at this place of the list is about. */
export function isMarked(table: string, place: number): Fragment {
  const bit = 1n << BigInt(place % BITS);
  return sql.raw(`(coalesce(${table}.m${Math.trunc(place / BITS)}, 0) & ${bit}) <> 0`);
}

/** Marks of a purchase, of those of its lines `line`. */
export function marksOfPurchase(wants: readonly GoodsWant[]): Fragment[] {
  return names(wants).map((name) => sql.raw(`bit_or(line.${name}) as ${name}`));
}

// OFFSET 0: goods are judged before purchases come in, of which the database guesses far too few.
function linesWithMarks(scope: Scope, wants: readonly GoodsWant[], join: Fragment): Fragment {
  const unknown = marksBy(wants, (want) => takesUnknown(want));
  const marks = names(wants).map(
    (name, index) =>
      sql`coalesce(${sql.raw(`match.${name}`)}, ${sql.raw(String(unknown[index] ?? 0n))}) as ${sql.raw(name)}`,
  );
  return sql`select line.*, ${sql.join(marks)} from (${keptLines(scope)}) line
    ${join} (${matches(scope, wants)}) match on match.sku = line.sku offset 0`;
}

function withCategory(lines: Fragment): Fragment {
  return sql`select line.*, category.code as category from (${lines}) line
    left join product on product.sku = line.sku left join category on category.id = product.category_id offset 0`;
}

/** Goods that nobody knows anything of are meant where everything is but something known. */
function takesUnknown({ goods }: GoodsWant): boolean {
  return selectionTest(goods)({ sku: '' });
}

/**
 * Each product of the catalogue, judged once for all lines: OFFSET 0 keeps the database from judging it again at each. A
 * want that names goods by sku needs no catalogue, so named skus that it does not know are judged too.
 */
function matches(scope: Scope, wants: readonly GoodsWant[]): Fragment {
  const judged = chunked(wants).map((part, index) => {
    const bits = part.map(
      (want, place) =>
        sql`case when ${goodsMatch(want.goods)} then ${sql.raw(String(1n << BigInt(place)))}::bigint else 0 end`,
    );
    return sql`(${sql.join(bits, sql` | `)}) as ${sql.raw(`m${index}`)}`;
  });
  const marked = anyOf(names(wants).map((name) => sql.raw(`judged.${name} <> 0`)));
  return sql`select * from (select product.sku, ${sql.join(judged)}
    from ${goodsToJudge(scope, wants)} product
    left join category on category.id = product.category_id
    offset 0) judged ${wants.some(takesUnknown) ? sql`` : sql`where ${marked}`}`;
}

function goodsToJudge(scope: Scope, wants: readonly GoodsWant[]): Fragment {
  // A few shoppers have bought few goods: a large catalogue is not judged for them.
  const bought = sql`where known.sku in (select l.sku from order_line l where ${inScope(scope, sql`l.profile_id`)})`;
  const known = sql`select known.sku, known.category_id, known.brand, known.attributes from product known
    ${'profiles' in scope ? bought : sql``}`;
  const skus = wants.flatMap(({ goods }) => [...(goods.only?.skus ?? []), ...(goods.except?.skus ?? [])]);
  if (skus.length === 0) return sql`(${known})`;
  // DISTINCT takes nothing away: it tells the database, which sees nothing through a union, that no sku comes twice.
  return sql`(select distinct on (both_kinds.sku) both_kinds.* from (${known}
    union all
    select unknown.sku, null, null, '{}' from unnest(${[...new Set(skus)]}::text[]) as unknown (sku)
    where not exists (select from product known where known.sku = unknown.sku)) both_kinds)`;
}

function marksBy(wants: readonly GoodsWant[], test: (want: GoodsWant) => boolean): bigint[] {
  return chunked(wants).map((part) =>
    part.reduce((mark, want, place) => (test(want) ? mark | (1n << BigInt(place)) : mark), 0n),
  );
}

function names(wants: readonly GoodsWant[]): string[] {
  return chunked(wants).map((_part, index) => `m${index}`);
}

function chunked(wants: readonly GoodsWant[]): GoodsWant[][] {
  const parts = Math.ceil(wants.length / BITS);
  return Array.from({ length: parts }, (_part, index) => wants.slice(index * BITS, (index + 1) * BITS));
}
