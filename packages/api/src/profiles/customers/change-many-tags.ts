import { LONGEST_PAGE } from '../../platform/graphql/paging.ts';
import type { TaskKind } from '../../platform/tasks/index.ts';
import { openFilter } from './sealed-filter.ts';
import { changeOne, type TagsToChange } from './change-tags.ts';
import { listCustomers } from './list-customers.ts';

export const CHANGE_TAGS = 'customers.change-tags';

/** Tags of everybody a filter finds. Run again after a cut it changes nothing more. */
export const changeManyTags: TaskKind = {
  kind: CHANGE_TAGS,
  scope: 'profiles.write',
  run: async (ctx, facts, report, signal) => {
    const { filter } = openFilter(ctx, facts);
    const tags = facts['tags'] as unknown as TagsToChange;
    // Who is found is read first: the tags that are changed may be what they are found by.
    const ids: string[] = [];
    let after: string | null = null;
    do {
      signal.throwIfAborted();
      const page = await listCustomers(ctx, { filter, sort: 'OLDEST', first: LONGEST_PAGE, after });
      ids.push(...page.edges.map(({ node }) => node.id));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    let changed = 0;
    for (const [index, id] of ids.entries()) {
      signal.throwIfAborted();
      if (await changeOne(ctx, id, tags)) changed += 1;
      report(index + 1, ids.length);
    }
    return { result: { found: ids.length, changed } };
  },
};
