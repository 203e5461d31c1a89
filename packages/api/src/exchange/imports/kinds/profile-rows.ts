import { sql } from 'kysely';
import { inTransaction } from '../../../platform/database/in-transaction.ts';
import { newId } from '../../../platform/ids.ts';
import type { Context } from '../../../platform/context.ts';
import {
  consentTexts,
  identitiesOf,
  placeOf,
  planUpsert,
  readKnownProfiles,
  readPersonFacts,
  readProfileRecord,
  tellConflict,
  writePlan,
  type UpsertProfileRecord,
} from '../../../profiles/index.ts';
import { noteProfiles, snapshot } from '../undo/note-profiles.ts';
import type { CellProblem, RowOutcome } from '../import-problem.ts';
import type { KindDoor, KindOptions, ReadRow } from './kind-door.ts';
import { problemsOfRecord, profileCells, withoutWrong, type ProfileCells } from './profile-cells.ts';
import { openOverlay } from './profile-overlay.ts';
import { retried } from './retried.ts';

interface ProfileRow {
  readonly record: UpsertProfileRecord;
  readonly columnOf: ProfileCells['columnOf'];
  readonly content: Record<string, unknown>;
}

/**
 * An import waits for whoever is at work on the same people: it has the time. It looks people up by their keys however
 * few of them the statistics know of: in a first import they lag behind what it has stored itself.
 */
const SETTINGS = [
  'lock_timeout = 20s',
  'enable_seqscan = off',
  'enable_hashjoin = off',
  'enable_mergejoin = off',
]
  .map((setting) => setting.split(' = '))
  .map(([name, value]) => `set_config('${name}', '${value}', true)`)
  .join(', ');

/**
 * Rows of people, by the same rules as `upsertProfiles`: same phone or e-mail is the same person, an identity of
 * another person is never taken, an erased person is not brought back. A dry run keeps in temporary tables what it
 * would have written, so that rows further down are judged against it.
 * @throws UnusableMapping
 */
export async function openProfiles(options: KindOptions): Promise<KindDoor<ProfileRow>> {
  const { ctx, mapping, columns, source, dryRun, client, runId } = options;
  const country = mapping.options.country ?? (await placeOf(ctx)).country;
  const texts = await consentTexts(ctx, null);
  const facts = await readPersonFacts(ctx);
  const reader = { ctx, source, country, texts, facts };
  const cells = await profileCells(ctx, { mapping, columns, texts, attributes: facts.attributes });
  const overlay = dryRun ? await openOverlay(client) : null;
  const skip = mapping.options.skipBadValues;
  const { intake } = options;

  function read(fields: readonly string[]): ReadRow<ProfileRow> {
    const { input, content, problems, columnOf } = cells(fields);
    const record = readProfileRecord(reader, input);
    const told: CellProblem[] = [...problems, ...problemsOfRecord(record.problems, columnOf)];
    if (told.length === 0 || (skip && record.problems.length === 0))
      return { row: { record, columnOf, content }, problems };
    const rest = skip ? withoutWrong(input, record.problems) : null;
    if (rest === null) return { row: null, problems: told, content };
    const again = readProfileRecord(reader, rest);
    // Places of lists have moved with the values that were left out: the column as a whole is told.
    const column: ProfileCells['columnOf'] = ([field = '']) => columnOf([field]);
    return again.problems.length === 0
      ? { row: { record: again, columnOf: column, content }, problems: told }
      : { row: null, problems: told, content };
  }

  async function plan(tx: Context, records: readonly UpsertProfileRecord[]) {
    const indexes = records.flatMap((record) => identitiesOf(record).map(({ blindIndex }) => blindIndex));
    const known = await readKnownProfiles(tx, indexes);
    await overlay?.apply(known, indexes);
    const before = snapshot(known.profiles);
    const rules = { rules: facts.rules, source, now: ctx.clock.now(), newId };
    const planned = planUpsert(records, { ...known, ...rules });
    await overlay?.keep(planned.profiles, known.owners, indexes);
    return { planned, before };
  }

  async function write(rows: readonly ProfileRow[]) {
    const records = rows.map(({ record }) => record);
    return inTransaction(ctx, async (tx) => {
      await sql`select ${sql.raw(SETTINGS)}`.execute(tx.sql);
      const { planned, before } = await plan(tx, records);
      await noteProfiles(tx, { runId, planned: planned.profiles, before });
      await writePlan(tx, planned.profiles.values(), source, { live: false });
      for (const { conflict } of planned.results)
        if (conflict) await tellConflict(tx, { ...conflict, source });
      await intake(
        tx,
        planned.results.map(({ externalId, status, problems }, index) => ({
          key: externalId,
          status,
          problems,
          input: rows[index]?.content,
        })),
      );
      return planned;
    });
  }

  return {
    read,
    store: async (rows) => {
      if (rows.length === 0) return [];
      const { results } = dryRun
        ? (
            await plan(
              ctx,
              rows.map(({ record }) => record),
            )
          ).planned
        : await retried(() => write(rows));
      return results.map(({ status, problems }, index): RowOutcome => ({
        status,
        problems: problemsOfRecord(problems, rows[index]?.columnOf ?? (() => null)),
      }));
    },
  };
}
