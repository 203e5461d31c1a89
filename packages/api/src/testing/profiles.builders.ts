import { sql } from 'kysely';
import {
  addIdentity,
  cardIdentity,
  createConsentText,
  createPerson,
  emailIdentity,
  NOTHING_KNOWN,
  openVisit,
  phoneIdentity,
  type NewConsentText,
} from '../profiles/index.ts';
import type { Context } from '../platform/context.ts';
import { asSystem } from './company.builders.ts';

let phones = 0;

/** A Russian mobile nobody else in this process was given. */
export function aPhone(): string {
  phones += 1;
  return `+7912${String(((process.pid % 1_000) * 10_000 + phones) % 10_000_000).padStart(7, '0')}`;
}

export interface BuiltShopper {
  id: string;
  phone: string;
}

/** A person with a phone, and whatever else is told. */
export async function aShopper(
  ctx: Context,
  shopper: { phone?: string; email?: string; card?: string; givenName?: string; storeId?: string } = {},
): Promise<BuiltShopper> {
  const system = asSystem(ctx);
  const phone = shopper.phone ?? aPhone();
  const id = await createPerson(
    system,
    { ...NOTHING_KNOWN, givenName: shopper.givenName ?? null },
    { preferredStoreId: shopper.storeId ?? null },
  );
  const identities = [
    phoneIdentity(phone, 'RU'),
    shopper.email === undefined ? undefined : emailIdentity(shopper.email),
    shopper.card === undefined ? undefined : cardIdentity(shopper.card),
  ];
  for (const identity of identities) {
    if (identity === undefined) continue;
    if (identity === null) throw new Error('the builder was given a contact that is none');
    await addIdentity(system, { profileId: id, identity, verifiedAt: null, first: true });
  }
  return { id, phone };
}

/** A visit of a shopper to the caller of the context. @returns its id */
export async function aVisit(
  ctx: Context,
  { profileId, verified = true }: { profileId: string; verified?: boolean },
): Promise<string> {
  const { id } = await openVisit(ctx, { profileId, verified });
  return id;
}

/** @returns its id */
export async function aConsentText(
  ctx: Context,
  text: Partial<NewConsentText> & { brandId: string },
): Promise<string> {
  return createConsentText(asSystem(ctx), {
    purpose: 'PROCESSING',
    version: '1',
    text: 'Согласие на обработку персональных данных',
    ...text,
  });
}

/** The last code on its way to a challenge: what stands in the message and nowhere else. */
export async function lastCode(ctx: Context, challengeId: string): Promise<string> {
  const { rows } = await sql<{ sealed: string }>`
    select payload ->> 'sealedCode' as sealed from outbox_event
    where kind = 'sign-in-code.requested' and payload ->> 'challengeId' = ${challengeId}
    order by position desc limit 1`.execute(ctx.sql);
  const [row] = rows;
  if (row === undefined) throw new Error('no code was sent');
  return ctx.vault.open(row.sealed);
}
