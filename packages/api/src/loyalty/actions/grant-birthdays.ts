import type { ActionRule } from '@clientele/shared/receipt';
import { addDays } from '@clientele/shared/time';
import type { Context } from '../../platform/context.ts';
import { callFunction } from '../../platform/database/call-function.ts';
import { RequestError } from '../../platform/errors.ts';
import type { Job } from '../../platform/jobs/jobs.ts';
import type { EventHandler } from '../../platform/outbox/handlers.ts';
import { allPrograms, modeAt, versionAt, type ProgramRecord } from '../program/programs.ts';
import { birthdaysAround, type Birthday } from './birthday.ts';
import { grantAction } from './grant-action.ts';

const BATCH = 500;

/** A birthday that is told anew brings nothing so soon after another one. */
const DAYS_BETWEEN = 180;

interface Due {
  profileId: string;
  /** YYYY-MM-DD of the celebration. */
  date: string;
}

/**
 * Points for birthdays whose time has come: once a year and shopper, whatever is told of their birth date afterwards.
 * After a pause it makes good what can still be of use. @returns how many were granted
 */
export async function grantBirthdays(ctx: Context): Promise<number> {
  const now = ctx.clock.now();
  let granted = 0;
  for (const program of await allPrograms(ctx)) {
    if (modeAt(program, now) === 'OFF') continue;
    const actions = versionAt(program, now)?.settings.actions ?? [];
    for (const rule of actions.filter(({ on }) => on === 'BIRTHDAY'))
      granted += await grantByRule(ctx, program, rule);
  }
  return granted;
}

async function grantByRule(ctx: Context, program: ProgramRecord, rule: ActionRule): Promise<number> {
  const { birthday: window = { daysBefore: 0, daysAfter: 0 } } = rule;
  const birthdays = birthdaysAround(ctx.clock.now().getTime(), window, program.timezone);
  const byDate = new Map(birthdays.map((birthday) => [birthday.date, birthday]));
  let granted = 0;
  for (let after: string | null = null; ;) {
    const due: Due[] = await callFunction<Due[]>(ctx.sql, 'birthdays_due', {
      programId: program.id,
      rule: rule.code,
      days: birthdays.flatMap(({ date, born }) => born.map((day) => ({ born: day, date }))),
      tiers: rule.match?.tiers ?? [],
      tags: rule.match?.shopperTags ?? [],
      after,
      limit: BATCH,
    });
    for (const { profileId, date } of due) {
      const birthday = byDate.get(date);
      if (birthday && (await congratulate(ctx, program, rule, profileId, birthday))) granted += 1;
    }
    after = due.at(-1)?.profileId ?? null;
    if (due.length < BATCH || after === null) return granted;
  }
}

async function congratulate(
  ctx: Context,
  program: ProgramRecord,
  rule: ActionRule,
  profileId: string,
  { date, endsAt }: Birthday,
): Promise<boolean> {
  const now = ctx.clock.now();
  try {
    const outcome = await grantAction(ctx, {
      program,
      rule,
      profileId,
      refused: null,
      life: { activateAt: now, expireAt: new Date(endsAt) },
      notAfter: new Date(addDays(Date.parse(`${date}T00:00:00Z`), -DAYS_BETWEEN)),
      event: {
        on: ['BIRTHDAY'],
        key: `birthday:${date.slice(0, 4)}`,
        profileId,
        brandId: program.brandId,
        occurredAt: now,
      },
    });
    return outcome !== null && outcome.points > 0;
  } catch (error) {
    // At a till, or being merged, at this very moment: the next round.
    if (error instanceof RequestError && error.code === 'BUSY') return false;
    throw error;
  }
}

/** Somebody moved the demo company's clock. */
export const timePassedForBirthdays: EventHandler = {
  name: 'loyalty-birthdays-time-passed',
  handle: async (ctx) => {
    await grantBirthdays({ ...ctx, sql: ctx.database.sql, em: ctx.database.em() });
  },
};

export const actionJobs: readonly Job[] = [
  {
    name: 'loyalty-birthday-points',
    // Every hour: the day of a program begins at its own midnight, and somebody may be enrolled on their birthday.
    cron: '3 * * * *',
    run: async (ctx) => {
      await grantBirthdays(ctx);
    },
  },
];
