import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import type { CodeAddress } from './challenge.ts';

export interface FoundShopper {
  profileId: string;
  /** Where a code would go: the phone asked for, else the person's first. null: the person has no phone. */
  address: CodeAddress | null;
}

/** The person who has this identity; null: nobody. One statement. */
export async function findShopper(
  ctx: Pick<Context, 'sql'>,
  blindIndex: string,
): Promise<FoundShopper | null> {
  const { rows } = await sql<{ profileId: string; emailSealed: string | null } & Nullable<Phone>>`
    select p.id as "profileId", phone.blind_index as "phoneIndex", phone.sealed as "phoneSealed",
      phone.masked as "maskedPhone", email.sealed as "emailSealed"
    from identity_key k
    join profile named on named.id = k.profile_id
    join profile p on p.id = coalesce(named.merged_into, named.id) and p.kind = 'PERSON'
    left join lateral (
      select * from identity i where i.profile_id = p.id and i.kind = 'PHONE'
      order by i.blind_index = k.blind_index desc, i.position limit 1
    ) phone on true
    left join lateral (
      select * from identity i where i.profile_id = p.id and i.kind = 'EMAIL' and i.verified_at is not null
      order by i.position limit 1
    ) email on true
    where k.blind_index = ${blindIndex}`.execute(ctx.sql);
  const [row] = rows;
  if (row === undefined) return null;
  const { profileId, phoneIndex, phoneSealed, maskedPhone, emailSealed } = row;
  if (phoneIndex === null || phoneSealed === null || maskedPhone === null)
    return { profileId, address: null };
  return { profileId, address: { phoneIndex, phoneSealed, maskedPhone, emailSealed } };
}

type Phone = Pick<CodeAddress, 'phoneIndex' | 'phoneSealed' | 'maskedPhone'>;
type Nullable<Row> = { [Field in keyof Row]: Row[Field] | null };
