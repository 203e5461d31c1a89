import type { ActionRule } from '@clientele/shared/receipt';
import { recordedEvent } from '../../activity/index.ts';
import type { Context } from '../../platform/context.ts';
import type { DeliveredEvent, EventHandler } from '../../platform/outbox/handlers.ts';
import { allPrograms, versionAt, type ProgramRecord } from '../program/programs.ts';
import { kindOf } from './action-event.ts';
import { rewardActions } from './reward-actions.ts';

const BY_BEHAVIOUR: readonly ActionRule['on'][] = [
  'SOCIAL_LINK',
  'REVIEW_APPROVED',
  'SURVEY',
  'REFERRAL',
  'EVENT',
];

/** Somebody became a member. */
export const enrolmentHandler: EventHandler = {
  name: 'loyalty-enrolment-points',
  concerns: (ctx, { occurredAt }) => anyRule(ctx, occurredAt, ({ on }) => on === 'ENROLMENT'),
  handle: async (tx, event) => {
    await rewardActions(tx, { on: ['ENROLMENT'], key: 'enrolment', ...told(event) });
  },
};

/** Somebody agreed to advertising; a no brings nothing, and takes nothing back. */
export const subscriptionHandler: EventHandler = {
  name: 'loyalty-subscription-points',
  concerns: async (ctx, { payload, occurredAt }) =>
    payload['purpose'] === 'ADVERTISING' &&
    payload['granted'] === true &&
    anyRule(ctx, occurredAt, ({ on }) => on === 'SUBSCRIPTION'),
  handle: async (tx, event) => {
    const key = `consent:${String(event.payload['consentId'])}`;
    await rewardActions(tx, { on: ['SUBSCRIPTION'], key, ...told(event) });
  },
};

/** What a shopper did on the site, of a kind some rule waits for. */
export const behaviourHandler: EventHandler = {
  name: 'loyalty-behaviour-points',
  concerns: (ctx, { payload, occurredAt }) =>
    anyRule(ctx, occurredAt, (rule) => kindOf(rule) === payload['kind']),
  handle: async (tx, { profileId, occurredAt, payload }) => {
    const id = String(payload['eventId']);
    const recorded = await recordedEvent(tx, { id, profileId, occurredAt });
    // Taken out again meanwhile: an import that was undone, a person who was erased.
    if (recorded === null) return;
    const { kind, properties } = recorded;
    await rewardActions(tx, {
      on: BY_BEHAVIOUR,
      key: `event:${id}`,
      profileId,
      brandId: null,
      occurredAt,
      kind,
      properties,
    });
  },
};

function told({ profileId, occurredAt, payload }: DeliveredEvent) {
  const { brandId } = payload;
  return { profileId, occurredAt, brandId: typeof brandId === 'string' ? brandId : null };
}

/** Whether some program had such a rule then. */
async function anyRule(ctx: Context, at: Date, fits: (rule: ActionRule) => boolean): Promise<boolean> {
  return (await allPrograms(ctx)).some(
    (program) => program.mode !== 'OFF' && versionAt(program, at)?.settings.actions.some(fits),
  );
}

/** The rules of every version: an event may be told long after it happened. */
function actionsOf(program: ProgramRecord): ActionRule[] {
  if (program.mode === 'OFF') return [];
  return program.versions.flatMap(({ settings }) => settings.actions);
}

const remembered = new WeakMap<readonly ProgramRecord[], ReadonlySet<string>>();

/** Kinds of behaviour events some rule waits for: only these cost more than their storing. */
export async function actionEventKinds(
  ctx: Pick<Context, 'database' | 'clock'>,
): Promise<ReadonlySet<string>> {
  const programs = await allPrograms(ctx);
  const known = remembered.get(programs);
  if (known !== undefined) return known;
  const kinds = new Set(
    programs.flatMap(actionsOf).flatMap((rule) => {
      const kind = kindOf(rule);
      return kind === null ? [] : [kind];
    }),
  );
  remembered.set(programs, kinds);
  return kinds;
}
