import type { Selectable } from 'kysely';
import { audit, readSetting, type UsageLimit } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { callFunction, RefusedInSql } from '../../platform/database/call-function.ts';
import type { Tables } from '../../platform/database/tables.ts';
import { newId } from '../../platform/ids.ts';
import type { Place } from '../identities/place.ts';
import { TooManyCodes } from '../profiles.errors.ts';
import { codeMac, newCode, SIGN_IN } from './sign-in-code.ts';
import {
  CODE_ATTEMPTS,
  CODE_LENGTH,
  CODE_VALID_MS,
  RESEND_AFTER_MS,
  SIGN_IN_SETTINGS,
  type CodeChannel,
} from './sign-in-settings.ts';

export interface ShopperChallenge {
  __typename: 'ShopperChallenge';
  id: string;
  kind: 'ENROLMENT' | 'SIGN_IN';
  maskedPhone: string;
  codeLength: number;
  channel: CodeChannel;
  otherChannels: CodeChannel[];
  delivery: 'SENDING' | 'SENT' | 'DELIVERED' | 'FAILED';
  expiresAt: Date;
  resendAt: Date;
  attemptsLeft: number;
}

type ChallengeRow = Selectable<Tables['sign_in_challenge']>;

/** As it comes out of a SQL function: moments are text there. */
type ChallengeJson = Omit<ChallengeRow, 'expires_at' | 'resend_at'> & {
  expires_at: string | Date;
  resend_at: string | Date;
};

export function toChallenge(row: ChallengeJson): ShopperChallenge {
  return {
    __typename: 'ShopperChallenge',
    id: row.id,
    kind: row.kind,
    maskedPhone: row.masked_phone,
    codeLength: CODE_LENGTH,
    channel: row.channel,
    otherChannels: row.other_channels as CodeChannel[],
    delivery: row.delivery,
    expiresAt: new Date(row.expires_at),
    resendAt: new Date(row.resend_at),
    attemptsLeft: row.attempts_left,
  };
}

/** Where a code goes to. */
export interface CodeAddress {
  phoneIndex: string;
  phoneSealed: string;
  maskedPhone: string;
  /** Only one the shopper proved. */
  emailSealed: string | null;
}

/**
 * Sends a code to a phone, or, before `resendAt` of the last one, answers with that one and sends nothing.
 * @param input.profileId whose phone it is; null: nobody's yet
 * @throws TooManyCodes
 */
export async function openChallenge(
  ctx: Context,
  input: { profileId: string | null; address: CodeAddress; place: Place },
): Promise<ShopperChallenge> {
  const id = newId();
  const { channels } = await readSetting(ctx, SIGN_IN_SETTINGS);
  const { address } = input;
  const order = await sendOrder(ctx, { id, ...input, channel: channels[0] ?? 'SMS' });
  return callChallenge(ctx, 'open_challenge', {
    ...order,
    purpose: SIGN_IN,
    kind: input.profileId === null ? 'ENROLMENT' : 'SIGN_IN',
    profileId: input.profileId,
    phoneIndex: address.phoneIndex,
    phoneSealed: address.phoneSealed,
    maskedPhone: address.maskedPhone,
  });
}

/** A new code and all that goes with it. */
export async function sendOrder(
  ctx: Context,
  input: { id: string; address: CodeAddress; place: Place; channel: CodeChannel },
): Promise<Record<string, unknown>> {
  const { id, address, place, channel } = input;
  const now = ctx.clock.now();
  const code = newCode();
  const expiresAt = new Date(now.getTime() + CODE_VALID_MS);
  return {
    id,
    client: ctx.actor.client,
    codeMac: codeMac(ctx.vault, { challengeId: id, client: ctx.actor.client, code }),
    channel,
    otherChannels: (await channelsTo(ctx, address)).filter((other) => other !== channel),
    attempts: CODE_ATTEMPTS,
    now,
    expiresAt,
    resendAt: new Date(now.getTime() + RESEND_AFTER_MS),
    limits: await limitsOf(ctx, address),
    event: {
      challengeId: id,
      channel,
      sealedTo: channel === 'EMAIL' ? address.emailSealed : address.phoneSealed,
      sealedCode: ctx.vault.seal(code),
      language: place.language,
      expiresAt,
    },
  };
}

/** By which a code can reach this address. */
export async function channelsTo(ctx: Context, address: CodeAddress): Promise<CodeChannel[]> {
  const { channels } = await readSetting(ctx, SIGN_IN_SETTINGS);
  return address.emailSealed === null ? [...channels] : [...channels, 'EMAIL'];
}

const COMPANY = 'code:company';

async function limitsOf(ctx: Context, { phoneIndex }: CodeAddress): Promise<UsageLimit[]> {
  const { till, client } = ctx.actor;
  const settings = await readSetting(ctx, SIGN_IN_SETTINGS);
  return [
    ...each(`code:phone:${phoneIndex}`, settings.perPhone),
    ...each(`code:client:${client}`, till === null ? settings.perKey : settings.perTill),
    ...(till === null ? [] : each(`code:store:${till.storeId}`, settings.perStore)),
    ...each(COMPANY, settings.perCompany),
  ];
}

function each(key: string, windows: readonly Omit<UsageLimit, 'key'>[]): UsageLimit[] {
  return windows.map((window) => ({ key, ...window }));
}

/** @throws TooManyCodes */
export async function callChallenge(
  ctx: Context,
  name: 'open_challenge' | 'resend_challenge',
  payload: Record<string, unknown>,
): Promise<ShopperChallenge> {
  try {
    return toChallenge(await callFunction<ChallengeJson>(ctx.sql, name, payload));
  } catch (error) {
    if (!(error instanceof RefusedInSql) || error.code !== 'TooManyCodes') throw error;
    if (error.facts['key'] === COMPANY) ctx.log.error({}, 'the budget of the company for codes is used up');
    throw new TooManyCodes(new Date(String(error.facts['retryAt'])));
  }
}

/** A challenge of the caller; null: there is none. */
export async function readChallenge(ctx: Context, id: string): Promise<ChallengeRow | null> {
  const [row] = await readChallenges(ctx, [id]);
  return row ?? null;
}

export async function readChallenges(ctx: Context, ids: readonly string[]): Promise<ChallengeRow[]> {
  return ctx.sql
    .selectFrom('sign_in_challenge')
    .selectAll()
    .where('id', 'in', [...ids])
    .where('client', '=', ctx.actor.client)
    .where('purpose', '=', SIGN_IN)
    .execute();
}

/** A code of another till was tried, or asked for again: told to nobody but the audit. */
export async function noteForeignChallenge(ctx: Context, challengeId: string): Promise<void> {
  const foreign = await ctx.sql
    .selectFrom('sign_in_challenge')
    .select('id')
    .where('id', '=', challengeId)
    .where('client', '<>', ctx.actor.client)
    .where('purpose', '=', SIGN_IN)
    .executeTakeFirst();
  if (foreign) await audit(ctx, { action: 'sign-in-code.foreign', subject: `challenge:${challengeId}` });
}
