import type { ActionRule, EarningLimit } from '@clientele/shared/receipt';
import { activateAt, boundsOf, expireAt } from '@clientele/shared/time';
import type { Context } from '../../platform/context.ts';
import { callFunction } from '../../platform/database/call-function.ts';
import { versionAt, type ProgramRecord } from '../program/programs.ts';
import { onceKeyOf, type ActionEvent } from './action-event.ts';
import type { NoGrantReason } from './action-grant.entity.ts';

/** What one rule is asked to thank one shopper for. */
export interface PlannedGrant {
  readonly program: ProgramRecord;
  readonly rule: ActionRule;
  readonly event: ActionEvent;
  readonly profileId: string;
  /** Known already to bring nothing: it is only written down. */
  readonly refused: NoGrantReason | null;
  /** Of points that live by the calendar: when they begin and end to be of use. */
  readonly life?: { readonly activateAt: Date; readonly expireAt: Date };
  /** Nothing where the rule gave something later than that. */
  readonly notAfter?: Date;
}

export interface ActionGranted {
  readonly id: string;
  readonly profileId: string;
  readonly points: number;
  readonly reason: NoGrantReason | null;
  /** Code of the limit that cut. */
  readonly limit: string | null;
}

/**
 * Grants within what the rule and the program allow, or writes down why not.
 * @returns null where nobody is there to grant to, or the event was judged before
 */
export async function grantAction(tx: Context, grant: PlannedGrant): Promise<ActionGranted | null> {
  const { program, rule, event } = grant;
  const { timezone } = program;
  const at = event.occurredAt.getTime();
  const activation = activateAt(at, rule.freezeDays);
  const expiry = expireAt(activation, rule.ttlDays, timezone);
  const limits = versionAt(program, event.occurredAt)?.settings.earningLimits ?? [];
  return callFunction<ActionGranted | null>(tx.sql, 'grant_action', {
    programId: program.id,
    profileId: grant.profileId,
    rule: rule.code,
    name: rule.name,
    eventKey: event.key,
    onceKey: onceKeyOf(rule, event),
    points: rule.points,
    tiers: rule.match?.tiers ?? [],
    tags: rule.match?.shopperTags ?? [],
    atMost: (rule.atMost ?? []).map(({ times, window }) => ({
      times,
      ...moments(boundsOf(window, at, timezone)),
    })),
    limits: limits
      .filter(({ scope, rule: of }) => scope !== 'RULE' || of === rule.code)
      .flatMap((limit) => limitAt(limit, at, timezone)),
    refused: grant.refused,
    notAfter: grant.notAfter ?? null,
    occurredAt: event.occurredAt,
    activateAt: grant.life?.activateAt ?? new Date(activation),
    expireAt: grant.life?.expireAt ?? (expiry === null ? null : new Date(expiry)),
    now: tx.clock.now(),
  });
}

/** With the bounds of its window; a limit of one receipt says nothing here. */
function limitAt({ code, scope, rule, max, window, days }: EarningLimit, at: number, zone: string): object[] {
  if (window === 'RECEIPT') return [];
  const bounds = boundsOf(
    window === 'ROLLING' ? { kind: window, days: days ?? 1 } : { kind: window },
    at,
    zone,
  );
  return [{ code, scope, rule: scope === 'RULE' ? rule : null, max, ...moments(bounds) }];
}

function moments({ from, to }: { from: number | null; to: number | null }) {
  return { from: from === null ? null : new Date(from), to: to === null ? null : new Date(to) };
}
