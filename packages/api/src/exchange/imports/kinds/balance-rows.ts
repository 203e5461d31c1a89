import { endOfDay } from '@clientele/shared/time';
import { actorLabel, allPrograms, modeAt, versionAt, type ProgramRecord } from '../../../loyalty/index.ts';
import { callFunction } from '../../../platform/database/call-function.ts';
import { hashContent } from '../../../platform/database/idempotent.ts';
import type { Context } from '../../../platform/context.ts';
import { InvalidInput } from '../../../platform/errors.ts';
import {
  placeOf,
  profileRefReader,
  resolveProfiles,
  type ProfileRef,
  type ProfileRefInput,
} from '../../../profiles/index.ts';
import { UnusableMapping } from '../../exchange.errors.ts';
import type { CellProblem, ImportProblemCode, RowOutcome } from '../import-problem.ts';
import { valueReaders } from '../mapping/read-values.ts';
import type { KindDoor, KindOptions, ReadRow } from './kind-door.ts';
import { personCells } from './person-cells.ts';
import { retried } from './retried.ts';

interface BalanceRow {
  readonly key: string;
  readonly ref: ProfileRef;
  readonly at: number;
  readonly points: number;
  readonly activateAt: Date;
  readonly expireAt: Date | null;
  readonly hash: string;
}

const MOST_POINTS = 2_147_483_647;
/** Accounts are locked while a batch is posted: a till waits for one no longer than that takes. */
const POSTED_AT_ONCE = 50;

/**
 * Points people bring along from another program: one lot a row, by the ledger's own posting. A row is known by its
 * number, else by whose it is and its dates; posted once, it is never posted again.
 * @throws UnusableMapping where it is not clear which program is meant
 */
export async function openBalances(options: KindOptions): Promise<KindDoor<BalanceRow>> {
  const { ctx, mapping, columns, source, dryRun, runId } = options;
  const program = await programMeant(ctx, mapping.options.brand);
  const country = mapping.options.country ?? (await placeOf(ctx)).country;
  const readers = valueReaders({ file: { ...mapping.file, timeZone: program.timezone } });
  const personOf = personCells(columns, mapping.options.profileSource ?? source);
  const readRef = profileRefReader(ctx, country);
  const at = (field: string): number | undefined => columns.find((column) => column.field === field)?.at;
  const now = ctx.clock.now();
  const sum = { lots: 0, points: 0 };
  // Of a dry run: a row that stands twice in the file is posted once.
  const told = new Map<string, string>();

  function refOf(person: { ref: ProfileRefInput; at: number }): ProfileRef | CellProblem {
    try {
      return readRef(person.ref, 'profile');
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      const [kind = ''] = Object.keys(person.ref);
      return { at: person.at, code: REF_CODES[kind] ?? 'EXTERNAL_ID' };
    }
  }

  function momentOf(fields: readonly string[], field: string): Date | null | CellProblem {
    const position = at(field);
    const cell = position === undefined ? '' : (fields[position]?.trim() ?? '');
    if (cell === '' || position === undefined) return null;
    // A day without a time: points are good until its end.
    const day = /[:T]/.test(cell) ? null : readers.date(cell);
    if (day !== null && field === 'expireAt') {
      const noon = readers.instant(`${day} 12:00:00`);
      return noon === null ? null : new Date(endOfDay(noon.getTime(), program.timezone));
    }
    return readers.instant(cell) ?? { at: position, code: 'DATE' };
  }

  function read(fields: readonly string[]): ReadRow<BalanceRow> {
    const person = personOf(fields);
    if (person === null) return { row: null, problems: [{ at: null, code: 'NO_IDENTITY' }] };
    const ref = refOf(person);
    const points = pointsOf(readers.decimal(fields[at('points') ?? -1]?.trim() ?? ''));
    const activateAt = momentOf(fields, 'activateAt');
    const expireAt = momentOf(fields, 'expireAt');
    const problems: CellProblem[] = [ref, activateAt, expireAt].filter(isProblem);
    if (points === null) problems.push({ at: at('points') ?? null, code: 'POINTS' });
    if (isProblem(ref) || isProblem(activateAt) || isProblem(expireAt) || points === null)
      return { row: null, problems };
    const from = activateAt ?? now;
    if (expireAt !== null && (expireAt <= now || expireAt <= from))
      return { row: null, problems: [{ at: at('expireAt') ?? null, code: 'DATE_RANGE' }] };
    const number = fields[at('externalId') ?? -1]?.trim() ?? '';
    const who = ref.by === 'IDENTITY' ? ref.blindIndex : String(ref.id);
    const dates = [activateAt?.toISOString() ?? null, expireAt?.toISOString() ?? null];
    return {
      row: {
        key:
          number === ''
            ? ctx.vault.index('opening-balance', JSON.stringify([who, ...dates]))
            : `id:${number}`,
        ref,
        at: person.at,
        points,
        activateAt: from,
        expireAt,
        hash: hashContent([who, points, ...dates]),
      },
      problems: [],
    };
  }

  async function post(rows: readonly (BalanceRow & { profileId: string })[]): Promise<string[]> {
    const statuses: string[] = [];
    for (let from = 0; from < rows.length; from += POSTED_AT_ONCE) {
      const some = rows.slice(from, from + POSTED_AT_ONCE);
      statuses.push(
        ...(await retried(() =>
          callFunction<string[]>(ctx.sql, 'import_post_balances', {
            source,
            runId,
            programId: program.id,
            now,
            actor: actorLabel(ctx.actor),
            dryRun,
            rows: some.map(({ ref: _ref, at: _at, ...row }) => row),
          }),
        )),
      );
    }
    return statuses;
  }

  function judged(row: BalanceRow, status: string | undefined): RowOutcome {
    const earlier = told.get(row.key);
    const own = dryRun && earlier !== undefined ? (earlier === row.hash ? 'UNCHANGED' : 'CONFLICT') : status;
    if (dryRun && own === 'CREATED') told.set(row.key, row.hash);
    if (own === 'CREATED') {
      sum.lots += 1;
      sum.points += row.points;
    }
    if (own === 'CREATED' || own === 'UNCHANGED') return { status: own, problems: [] };
    if (own === 'CONFLICT') return { status: own, problems: [{ at: null, code: 'CONFLICT' }] };
    const code: ImportProblemCode = own === 'BLOCKED' || own === 'RANGE' ? own : 'UNKNOWN_PROFILE';
    return {
      status: 'REJECTED',
      problems: [{ at: code === 'RANGE' ? (at('points') ?? null) : row.at, code }],
    };
  }

  return {
    read,
    store: async (rows) => {
      const profiles = await resolveProfiles(
        ctx,
        rows.map(({ ref }) => ref),
      );
      const known = rows.flatMap((row, index) => {
        const profile = profiles[index];
        return profile?.kind === 'PERSON' ? [{ ...row, profileId: profile.id }] : [];
      });
      const statuses = await post(known);
      let next = 0;
      return rows.map((row, index) =>
        judged(row, profiles[index]?.kind === 'PERSON' ? statuses[next++] : undefined),
      );
    },
    totals: () => ({ ...sum, ...liabilityOf(program, now, sum.points) }),
  };
}

const REF_CODES: Readonly<Record<string, ImportProblemCode>> = {
  phone: 'PHONE',
  email: 'EMAIL',
  card: 'CARD',
};

function isProblem(value: ProfileRef | Date | CellProblem | null): value is CellProblem {
  return value !== null && 'code' in value;
}

function pointsOf(decimal: string | null): number | null {
  const points = decimal === null ? Number.NaN : Number(decimal);
  return Number.isInteger(points) && points > 0 && points <= MOST_POINTS ? points : null;
}

/** What the points are worth when they are spent, minor units by currency. */
function liabilityOf(program: ProgramRecord, now: Date, points: number): Record<string, number> {
  const values = versionAt(program, now)?.settings.pointValueMinor ?? {};
  return Object.fromEntries(
    Object.entries(values).map(([currency, minor]) => [`liability.${currency}`, points * (minor ?? 0)]),
  );
}

async function programMeant(ctx: Context, brand: string | undefined): Promise<ProgramRecord> {
  const brands = await ctx.sql.selectFrom('brand').select(['id', 'code']).execute();
  const programs = (await allPrograms(ctx)).filter(
    ({ brandId }) => brand === undefined || brands.find(({ id }) => id === brandId)?.code === brand,
  );
  const live = programs.filter((program) => modeAt(program, ctx.clock.now()) !== 'OFF');
  const [only, another] = live.length > 0 ? live : programs;
  if (only === undefined) throw new UnusableMapping('there is no program of points yet');
  if (another !== undefined)
    throw new UnusableMapping('there are several programs: name the brand in the options of the mapping');
  return only;
}
