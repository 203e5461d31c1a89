import { sql } from 'kysely';
import { demandScope } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { cursorOf, keysOf, pageOf, pageSize, type Page } from '../../platform/graphql/paging.ts';
import type { CandidateState } from './duplicate.entity.ts';
import type { Evidence } from './matching/match-model.ts';

export interface CandidateRecord {
  lowId: string;
  highId: string;
  probability: number;
  evidence: Evidence[];
  claimed: string[];
  state: CandidateState;
  foundAt: Date;
}

export interface CandidatesAsked {
  state?: CandidateState | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}

const COLUMNS = sql.raw(
  `low_id as "lowId", high_id as "highId", probability, evidence, claimed, state, found_at as "foundAt"`,
);

/** Who may be one person, the likeliest first. */
export async function listCandidates(ctx: Context, asked: CandidatesAsked): Promise<Page<CandidateRecord>> {
  demandScope(ctx, 'profiles.merge');
  const size = pageSize(asked.first);
  const after = keysOf(asked.after, 3);
  const { rows } = await sql<CandidateRecord>`
    select ${COLUMNS} from public.duplicate_candidate
    where state = ${asked.state ?? 'OPEN'}
      and (${after === null} or probability <= ${after?.[0] ?? null}::double precision
        and (-probability, low_id, high_id)
          > (-${after?.[0] ?? null}::double precision, ${after?.[1] ?? null}::uuid, ${after?.[2] ?? null}::uuid))
    order by probability desc, low_id, high_id limit ${size + 1}`.execute(ctx.sql);
  return pageOf(rows, size, after !== null, ({ probability, lowId, highId }) =>
    cursorOf(String(probability), lowId, highId),
  );
}

export async function readCandidate(
  ctx: Pick<Context, 'sql'>,
  lowId: string,
  highId: string,
): Promise<CandidateRecord | null> {
  const { rows } = await sql<CandidateRecord>`
    select ${COLUMNS} from public.duplicate_candidate where low_id = ${lowId} and high_id = ${highId}`.execute(
    ctx.sql,
  );
  return rows[0] ?? null;
}

export interface DuplicatesSummary {
  open: number;
  skipped: number;
  /** Changed people who are not compared yet. */
  waiting: number;
}

/** How much there is to look at; counted up to a limit, beyond it more does not matter. */
export async function countCandidates(ctx: Context): Promise<DuplicatesSummary> {
  demandScope(ctx, 'profiles.merge');
  const { rows } = await sql<DuplicatesSummary>`
    select count(*) filter (where state = 'OPEN') as open, count(*) filter (where state = 'SKIPPED') as skipped,
      (select count(*) from public.duplicate_due) as waiting
    from public.duplicate_candidate where state in ('OPEN', 'SKIPPED')`.execute(ctx.sql);
  return rows[0] ?? { open: 0, skipped: 0, waiting: 0 };
}
