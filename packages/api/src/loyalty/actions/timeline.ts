import type { TimelineKind } from '../../profiles/index.ts';
import { grantsBefore } from './read-grants.ts';

/** What a shopper did besides buying: the points it brought, or why it brought none. */
export const ACTION_TIMELINE: TimelineKind = {
  kind: 'ACTION',
  page: async (ctx, profileIds, before, limit) => {
    const grants = await grantsBefore(ctx, profileIds, before, limit);
    return grants.map(
      ({ id, decidedAt, rule, name, wanted, points, reason, limit: limitCode, takenBack }) => ({
        id,
        kind: 'ACTION',
        at: decidedAt,
        facts: { rule, name, wanted, points, reason, limit: limitCode, takenBack },
      }),
    );
  },
};
