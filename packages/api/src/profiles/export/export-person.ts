import { audit } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { forgetFilesAbout, keepFile } from '../../platform/files/index.ts';
import type { TaskKind } from '../../platform/tasks/index.ts';
import { familyOf } from '../customers/find-customer.ts';
import { personCsv } from './person-csv.ts';
import { readPersonData, type Exported } from './person-data.ts';
import type { FileLanguage } from './section-words.ts';

export const EXPORT_PERSON = 'customers.export-person';

/**
 * Everything known of one person as two files: JSON for a program, CSV a person reads. They are gone after a day, or
 * when the person is erased.
 */
export function exportPerson(registry: readonly Exported[]): TaskKind {
  return {
    kind: EXPORT_PERSON,
    scope: 'profiles.export',
    run: async (ctx, facts, report) => {
      const profileId = String(facts['profileId']);
      const language: FileLanguage = facts['language'] === 'en' ? 'en' : 'ru';
      const { profileIds, data } = await readPersonData(ctx, registry, profileId);
      report(1, 3);
      const file = { about: profileIds, scope: 'profiles.export' };
      const csv = await keepFile(ctx, {
        ...file,
        name: language === 'ru' ? 'данные покупателя.csv' : 'shopper data.csv',
        type: 'text/csv; charset=utf-8',
        stream: bytes(personCsv(data, language)),
      });
      report(2, 3);
      const json = await keepFile(ctx, {
        ...file,
        name: language === 'ru' ? 'данные покупателя.json' : 'shopper data.json',
        type: 'application/json',
        stream: bytes([JSON.stringify(data, null, 2)]),
      });
      report(3, 3);
      await audit(ctx, {
        action: 'profile.exported',
        subject: `profile:${profileId}`,
        facts: { files: [csv.id, json.id], sections: Object.keys(data) },
      });
      await stillThere(ctx, profileId);
      return { fileId: csv.id, result: { jsonFileId: json.id, csvFileId: csv.id } };
    },
  };
}

// oxlint-disable-next-line require-await -- a stream is asynchronous by its kind
async function* bytes(lines: Iterable<string>): AsyncGenerator<string> {
  yield* lines;
}

/** Who was erased meanwhile took files along that were there; these came later. */
async function stillThere(ctx: Context, profileId: string): Promise<void> {
  const [erased] = await ctx.sql
    .selectFrom('profile')
    .select('id')
    .where('id', '=', profileId)
    .where('erased_at', 'is not', null)
    .execute();
  if (erased) for (const id of await familyOf(ctx, profileId)) await forgetFilesAbout(ctx, id);
}
