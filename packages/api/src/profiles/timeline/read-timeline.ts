import type { Context } from '../../platform/context.ts';
import { RequestError } from '../../platform/errors.ts';
import { cursorOf, keysOf, pageOf, pageSize, type Page } from '../../platform/graphql/paging.ts';
import { isId } from '../../platform/ids.ts';
import { familyOf } from '../customers/find-customer.ts';
import type { TimelineEntry, TimelineKind, TimelinePlace } from './timeline-kind.ts';

export interface TimelineArgs {
  /** null: every kind. */
  kinds?: readonly string[] | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}

/**
 * What happened to and around a shopper, the newest first, what merged profiles brought along included. One statement a
 * kind, whatever the page holds: each tells its newest, the newest of all are shown.
 */
export async function readTimeline(
  ctx: Context,
  registry: readonly TimelineKind[],
  profileId: string,
  args: TimelineArgs,
): Promise<Page<TimelineEntry>> {
  const size = pageSize(args.first);
  const before = placeOf(args.after);
  const asked = registry.filter(({ kind }) => args.kinds?.includes(kind) ?? true);
  const profileIds = await familyOf(ctx, profileId);
  const pages = await Promise.all(
    asked.map((one) => one.page(ctx, profileIds, before, size + 1, ctx.actor.scopes)),
  );
  const entries = pages.flat().toSorted(newestFirst);
  return pageOf(entries.slice(0, size + 1), size, before !== null, ({ at, id }) =>
    // What belongs to an id (`<id>:undone`) has its place behind it.
    cursorOf(at, id.slice(0, ID_LENGTH)),
  );
}

const ID_LENGTH = 36;

/** The same order the database gives: ids are compared as text of equal length. */
function newestFirst(a: TimelineEntry, b: TimelineEntry): number {
  return b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0);
}

function placeOf(cursor: string | null | undefined): TimelinePlace | null {
  const keys = keysOf(cursor, 2);
  if (keys === null) return null;
  const [text = '', id = ''] = keys;
  const at = new Date(text);
  if (Number.isNaN(at.getTime()) || !isId(id))
    throw new RequestError('BAD_REQUEST', 'after is no cursor of this list.');
  return { at, id };
}
