import { mayWriteAs } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { localId } from '../../platform/graphql/global-id.ts';
import type { InputPath, InputProblems } from '../../platform/input-problems.ts';

/** Exactly one of them: as the API takes it. */
export interface OrderRefInput {
  id?: string | null | undefined;
  external?: { source?: string | null | undefined; id: string } | null | undefined;
  receipt?: { fiscalDrive: string; fiscalDocument: string } | null | undefined;
}

/** What `order_place` finds an order by. */
export type OrderRef =
  | { id: string }
  | { source: string; externalId: string }
  | { fiscalDrive: string; fiscalDocument: string };

/**
 * Reads a reference. An id of no order is that of an order nobody has; a number of a source that is not the caller's
 * names nothing either.
 */
export function parseOrderRef(
  ctx: Context,
  { id, external, receipt }: OrderRefInput,
  path: InputPath,
  problems: InputProblems,
): OrderRef {
  if (external) {
    const source = external.source ?? ctx.actor.ownSource;
    const externalId = problems.text(external.id, [...path, 'external', 'id'], 200) ?? '';
    return mayWriteAs(ctx.actor, source) ? { source, externalId } : NOWHERE;
  }
  if (receipt) {
    return { fiscalDrive: receipt.fiscalDrive.trim(), fiscalDocument: receipt.fiscalDocument.trim() };
  }
  const local = localId(id ?? '', 'Order');
  return local === null ? NOWHERE : { id: local };
}

const NOWHERE = { id: '00000000-0000-0000-0000-000000000000' };
