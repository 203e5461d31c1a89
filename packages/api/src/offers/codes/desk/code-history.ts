import type { Context } from '../../../platform/context.ts';
import { usesOf, type CodeRecord, type CodeUseRecord } from './inspect-code.ts';

export const CODE_EVENTS = [
  'CREATED',
  'ISSUED',
  'HELD',
  'RELEASED',
  'USED',
  'FREED',
  'EXTENDED',
  'REISSUED',
  'CANCELLED',
] as const;

export interface CodeEvent {
  at: Date;
  kind: (typeof CODE_EVENTS)[number];
  orderId: string | null;
  /** Who of the staff. */
  by: string | null;
  reason: string | null;
}

/** Everything that happened to a code, the newest first; of a word for everybody the latest uses. */
export async function historyOf(ctx: Context, code: CodeRecord): Promise<CodeEvent[]> {
  const [uses, noted] = await Promise.all([usesOf(ctx, code), notedOf(ctx, code)]);
  const events = [
    event('CREATED', code.created_at),
    event('ISSUED', code.issued_at, { reason: code.reason }),
    ...uses.flatMap(eventsOfUse),
    ...noted,
    // A purchase that came back, or a person erased: nobody of the staff did it.
    ...(noted.some((one) => one?.kind === 'CANCELLED' || one?.kind === 'REISSUED')
      ? []
      : [event('CANCELLED', code.cancelled_at)]),
  ];
  return events
    .filter((one) => one !== null)
    .map((one, position) => ({ one, position }))
    .toSorted((a, b) => b.one.at.getTime() - a.one.at.getTime() || b.position - a.position)
    .map(({ one }) => one);
}

function event(
  kind: CodeEvent['kind'],
  at: Date | null,
  { orderId = null, by = null, reason = null }: Partial<CodeEvent> = {},
): CodeEvent | null {
  return at === null ? null : { at, kind, orderId, by, reason };
}

function eventsOfUse({ orderId, heldAt, releasedAt, usedAt, freedAt }: CodeUseRecord): (CodeEvent | null)[] {
  return [
    event('HELD', heldAt, { orderId }),
    event('RELEASED', releasedAt, { orderId }),
    event('USED', usedAt, { orderId }),
    event('FREED', freedAt, { orderId }),
  ];
}

const NOTED: Readonly<Record<string, CodeEvent['kind']>> = {
  'promo-codes.extended': 'EXTENDED',
  'promo-codes.reissued': 'REISSUED',
  'promo-codes.cancelled': 'CANCELLED',
};

const SHOWN_NOTES = 100;

async function notedOf(ctx: Context, { id }: CodeRecord): Promise<(CodeEvent | null)[]> {
  const rows = await ctx.sql
    .selectFrom('audit_entry')
    .leftJoin('staff', (join) =>
      join.on((on) => on(on.cast<string>('staff.id', 'text'), '=', on.ref('audit_entry.actor_id'))),
    )
    .select(['audit_entry.action', 'audit_entry.occurred_at as at', 'audit_entry.facts', 'staff.name'])
    .where('subject', '=', `promo-code:${id}`)
    .orderBy('audit_entry.occurred_at', 'desc')
    .limit(SHOWN_NOTES)
    .execute();
  return rows.map(({ action, at, facts, name }) => {
    const kind = NOTED[action];
    const { reason } = facts as { reason?: string };
    return kind === undefined ? null : event(kind, at, { by: name, reason: reason ?? null });
  });
}
