import { sql } from 'kysely';
import { forgetFilesAbout, forgetListFiles } from '../../platform/files/index.ts';
import { forgetRejectedAbout } from '../../platform/intake/index.ts';
import type { PersonTrace } from './person-trace.ts';

/** This room's own, and files made for people to download. */
export const PROFILE_TRACES: readonly PersonTrace[] = [
  {
    // The order to send a code tells where to, also of an enrolment that never ended.
    name: 'codes',
    when: 'WITH',
    erase: async (tx, { profileIds, blindIndexes }) => {
      const { rows } = await sql<{ id: string }>`
        delete from public.sign_in_challenge
        where profile_id = any(${[...profileIds]}::uuid[]) or phone_index = any(${[...blindIndexes]}::text[])
        returning id`.execute(tx.sql);
      if (rows.length === 0) return;
      await sql`
        update public.outbox_event set payload = payload - array['sealedTo', 'sealedCode']
        where kind = 'sign-in-code.requested' and payload ->> 'challengeId' = any(${rows.map(({ id }) => id)}::text[])`.execute(
        tx.sql,
      );
    },
  },
  {
    name: 'visits',
    when: 'WITH',
    erase: async (tx, { profileIds }) => {
      await tx.sql
        .deleteFrom('visit')
        .where((eb) => eb('profile_id', '=', eb.fn.any(eb.val([...profileIds]))))
        .execute();
      await tx.sql
        .deleteFrom('shopper_token')
        .where((eb) => eb('profile_id', '=', eb.fn.any(eb.val([...profileIds]))))
        .execute();
    },
  },
  {
    // Records of any source that could not be taken and name this person.
    name: 'refused records',
    when: 'WITH',
    erase: async (tx, { blindIndexes }) => void (await forgetRejectedAbout(tx, blindIndexes)),
  },
  {
    name: 'files',
    when: 'AFTER',
    erase: async (ctx, { profileIds }) => {
      for (const id of profileIds) await forgetFilesAbout(ctx, id);
      await forgetListFiles(ctx);
    },
  },
];
