import type { PointsLimit, PointsLimitCode } from '@clientele/shared/receipt';
import { randomUUID } from 'node:crypto';
import type { Context } from '../platform/context.ts';
import { builder } from '../platform/graphql/builder.ts';
import { isId } from '../platform/ids.ts';
import type { HistoryRecord } from './account/history.ts';
import { readAccounts, type AccountView } from './account/read-accounts.ts';
import { readVisibleAccounts, visibleJournals, visiblePrograms } from './account/visible-accounts.ts';
import type { ProgramRecord } from './program/programs.ts';

/** Types of this room that others name and extend; their fields stand in `loyalty.graphql.ts`. */

export const ProgramType = builder.loadableNodeRef('Program', {
  id: { resolve: (program: ProgramRecord) => program.id },
  load: async (ids: string[], ctx: Context) => {
    const programs = await visiblePrograms(ctx);
    return ids.map((id) => programs.find((program) => program.id === id) ?? null);
  },
});

export const ProgramModeType = builder.enumType('ProgramMode', {
  values: ['OFF', 'EARN_ONLY', 'LIVE'] as const,
});

/** Two ids in one, as accounts and journals are keyed. */
function pairKey(profileId: string, id: string): string {
  return `${profileId}:${id}`;
}

function pairOf(key: string): { profileId: string; id: string; decided: boolean } | null {
  const [profileId = '', id = '', decided, ...more] = key.split(':');
  if (!isId(profileId) || !isId(id) || more.length > 0) return null;
  if (decided !== undefined && decided !== DECIDED) return null;
  return { profileId, id, decided: decided === DECIDED };
}

/** Nobody outside this process can say it. */
const DECIDED = randomUUID();

/**
 * The account as a field's answer where it was decided that the caller may see it. Asked for by its id alone it is
 * shown only to those who see it anyway.
 */
export function accountKey(profileId: string, programId: string): string {
  return `${pairKey(profileId, programId)}:${DECIDED}`;
}

async function loadAccounts(keys: string[], ctx: Context): Promise<(AccountView | null)[]> {
  const pairs = keys.map(pairOf);
  const found = new Map<string, AccountView>();
  for (const program of await visiblePrograms(ctx)) {
    for (const decided of [true, false]) {
      const wanted = pairs.filter(
        (pair) => pair !== null && pair.id === program.id && pair.decided === decided,
      );
      if (wanted.length === 0) continue;
      const profileIds = wanted.flatMap((pair) => pair?.profileId ?? []);
      const read = decided ? readAccounts : readVisibleAccounts;
      for (const account of await read(ctx, program, profileIds)) {
        const key = decided
          ? accountKey(account.profileId, program.id)
          : pairKey(account.profileId, program.id);
        found.set(key, account);
      }
    }
  }
  return keys.map((key) => found.get(key) ?? null);
}

export const LoyaltyAccountType = builder.loadableNodeRef('LoyaltyAccount', {
  id: { resolve: (account: AccountView) => pairKey(account.profileId, account.programId) },
  load: loadAccounts,
});

/** The order of an entry is a field of the orders' room. */
export const LedgerEntryType = builder.loadableNodeRef('LedgerEntry', {
  id: { resolve: (entry: HistoryRecord) => pairKey(entry.profileId, entry.id) },
  load: async (keys: string[], ctx: Context) => {
    const pairs = keys.map(pairOf).filter((pair) => pair !== null);
    const journals = await visibleJournals(ctx, pairs);
    return keys.map(
      (key) => journals.find((journal) => pairKey(journal.profileId, journal.id) === key) ?? null,
    );
  },
});

const PointsLimitCodeType = builder.enumType('PointsLimitCode', {
  values: [
    'NO_SHOPPER',
    'NOT_VERIFIED',
    'BALANCE',
    'SHARE_OF_ORDER',
    'PER_RECEIPT',
    'MINIMUM_PRICE',
    'EXCLUDED_GOODS',
    'BELOW_MINIMUM',
    'PROGRAM_NOT_LIVE',
    'ACCOUNT_BLOCKED',
  ] as const satisfies PointsLimitCode[],
});

const LIMIT_MESSAGES: Readonly<Record<PointsLimitCode, string>> = {
  NO_SHOPPER: 'Nobody is known who could spend points.',
  NOT_VERIFIED: 'The shopper must confirm a code before points can be spent.',
  BALANCE: 'There are no more points than this.',
  SHARE_OF_ORDER: 'Points may pay only this part of the order.',
  PER_RECEIPT: 'One receipt may be paid with this many points.',
  MINIMUM_PRICE: 'No piece may become cheaper than its minimum price.',
  EXCLUDED_GOODS: 'Some of the goods may not be paid with points.',
  BELOW_MINIMUM: 'Fewer points than the least that can be spent.',
  PROGRAM_NOT_LIVE: 'Points cannot be spent yet.',
  ACCOUNT_BLOCKED: 'The account is blocked.',
};

export const PointsLimitType = builder.objectRef<PointsLimit>('PointsLimit').implement({
  fields: (t) => ({
    code: t.expose('code', { type: PointsLimitCodeType }),
    max: t.exposeInt('max'),
    message: t.string({ resolve: (limit) => LIMIT_MESSAGES[limit.code] }),
  }),
});
