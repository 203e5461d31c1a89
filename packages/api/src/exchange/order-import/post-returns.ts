import { calculateReturn, type SoldLine } from '@clientele/shared/receipt';
import type { PoolClient } from 'pg';
import type { ProgramRecord } from '../../loyalty/index.ts';
import type { FrozenTerms } from '../../orders/index.ts';
import { newId } from '../../platform/ids.ts';
import { matchReturns, type MatchedLine, type MatchedReturn } from './match-returns.ts';
import {
  readDocuments,
  readOrders,
  readPurchases,
  type DocumentRow,
  type ReturnableOrder,
} from './read-returns.ts';
import type { ImportStore } from './row-reader.ts';

export interface PostReturns {
  readonly client: PoolClient;
  readonly source: string;
  readonly actor: string;
  readonly stores: readonly ImportStore[];
  readonly programs: readonly (ProgramRecord | null)[];
  readonly now: Date;
}

export interface ReturnsPosted {
  readonly returns: number;
  /** Points taken back. */
  readonly clawed: number;
  readonly linkedLines: number;
  /** Lines whose purchase is not known: money only. */
  readonly unlinkedLines: number;
}

/** Stores the returns of the shoppers numbered `from`–`to` in `import_returning`, in the transaction of the client. */
export async function postReturns(options: PostReturns, from: number, to: number): Promise<ReturnsPosted> {
  const { client, source } = options;
  const documents = await readDocuments(client, from, to);
  const persons = [...new Set(documents.filter((each) => each.known).map(({ profileId }) => profileId))];
  const purchases = await readPurchases(client, source, persons, documents);
  const matched = [...Map.groupBy(documents, ({ profileId }) => profileId)].flatMap(([profileId, own]) =>
    matchReturns(
      purchases.filter((line) => line.profileId === profileId),
      own,
    ).map((part) => ({ profileId, part })),
  );
  const orders = await readOrders(
    client,
    persons,
    matched.flatMap(({ part }) => part.orderId ?? []),
  );
  const names = new Map<DocumentRow, number>();
  const returns = matched.map(({ part }) => {
    const document = part.document as DocumentRow;
    const place = (names.get(document) ?? 0) + 1;
    names.set(document, place);
    return returnOf(options, document, place, part, orders);
  });
  const { rows } = await client.query<{ reply: { returns: number; clawed: number } }>(
    'select public.import_post_returns($1::jsonb) as reply',
    [JSON.stringify({ source, now: options.now, actor: options.actor, returns })],
  );
  const count = (linked: boolean): number =>
    returns.reduce((sum, { orderId, lines }) => sum + ((orderId !== null) === linked ? lines.length : 0), 0);
  const posted = rows[0]?.reply ?? { returns: 0, clawed: 0 };
  return { ...posted, linkedLines: count(true), unlinkedLines: count(false) };
}

/** What `import_post_returns` takes. */
function returnOf(
  options: PostReturns,
  document: DocumentRow,
  place: number,
  part: MatchedReturn,
  orders: ReadonlyMap<string, ReturnableOrder>,
) {
  const store = options.stores[document.store];
  const order = part.orderId === null ? undefined : orders.get(part.orderId);
  const lines = order === undefined ? part.lines : oncePerLine(part.lines);
  const undone = order && undo(options, order, lines);
  return {
    // A document that undoes several purchases is a return of each.
    key: place === 1 ? document.externalId : `${document.externalId}#${place}`,
    profileId: document.profileId,
    returnId: newId(),
    externalId: document.externalId,
    storeId: store?.id,
    currency: store?.currency,
    occurredAt: new Date(document.occurredAt),
    contentHash: document.contentHash,
    moneyBack: lines.reduce((sum, line) => sum + line.moneyBack, 0),
    orderId: undone ? part.orderId : null,
    flagged: !undone,
    ...undone?.effect,
    lines: lines.map((line) => ({
      number: undone ? line.number : null,
      sku: line.sku,
      quantityMilli: line.quantityMilli,
      moneyBack: line.moneyBack,
      printLines: undone?.printLines.get(line.number) ?? [],
    })),
  };
}

function oncePerLine(lines: readonly MatchedLine[]): MatchedLine[] {
  const byNumber = new Map<number | null, MatchedLine>();
  for (const line of lines) {
    const before = byNumber.get(line.number);
    byNumber.set(line.number, {
      ...line,
      quantityMilli: line.quantityMilli + (before?.quantityMilli ?? 0),
      moneyBack: line.moneyBack + (before?.moneyBack ?? 0),
    });
  }
  return [...byNumber.values()];
}

/** Calculates the return on the order as it stands after those before it, and notes it there. */
function undo(options: PostReturns, order: ReturnableOrder, lines: readonly MatchedLine[]) {
  const version = options.programs
    .find((program) => program?.id === order.programId)
    ?.versions.find(({ id }) => id === order.versionId);
  const settings = version?.settings ?? null;
  const result = calculateReturn({
    currency: order.currency,
    settings,
    shopper: shopperOf(order.terms),
    occurredAt: order.occurredAt,
    limitsUsed: order.terms?.limitsUsed,
    lines: order.lines,
    earlier: order.earlier,
    returning: lines.map((line) => ({ number: line.number ?? 0, quantityMilli: line.quantityMilli })),
    earned: order.earned,
    pointsSpent: 0,
    restoredBefore: 0,
    clawedBefore: order.clawed,
  });
  if (!('moneyBack' in result)) return undefined;
  const revision = order.revision;
  order.revision += 1;
  order.clawed += result.clawTarget;
  order.earlier.push(...result.lines);
  return {
    printLines: new Map<number | null, unknown>(
      result.lines.map((line) => [line.number, line.printLines] as const),
    ),
    effect: {
      revision,
      state: isAllBack(order.lines, order.earlier) ? 'RETURNED' : 'PARTIALLY_RETURNED',
      programId: order.programId,
      settings,
      claw: result.clawTarget,
    },
  };
}

function shopperOf(terms: FrozenTerms | null) {
  return terms === null ? null : { tierCode: terms.tierCode ?? undefined, tags: terms.shopperTags };
}

function isAllBack(lines: readonly SoldLine[], earlier: ReturnableOrder['earlier']): boolean {
  const back = earlier.reduce((sum, line) => sum + line.quantityMilli, 0);
  return back === lines.reduce((sum, line) => sum + line.quantityMilli, 0);
}
