import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import {
  canonical,
  inScope,
  type Feature,
  type Fragment,
  type Scope,
  type Source,
} from '../../language/index.ts';

/** What an answer is asked about; absent: everything. */
export interface ConsentAbout {
  readonly purpose: string;
  readonly channel?: string | undefined;
  readonly topic?: string | undefined;
}

export interface ConsentAnswer {
  brandId: string;
  purpose: string;
  /** null: every one. */
  channel: string | null;
  topic: string | null;
  granted: boolean;
}

/** Of answers given at once the narrower one counts, then the newer. */
const NEWEST_FIRST = sql`given_at desc, channel is null, topic is null, id desc`;

/**
 * One row a brand: the answer that counts there for each thing that is asked about (`answerColumn`; null: none was given).
 * Answers stay with the profile they were given to, so those of whoever was merged into this one are read too.
 */
export const CONSENTS: Source<ConsentAnswer> = {
  code: 'consents',
  tables: ['consent', 'profile'],
  single: false,
  rows: (scope, features) => {
    const answers = wanted(features).map(
      (about) =>
        sql`(array_agg(granted order by ${NEWEST_FIRST}) filter (where ${coversSql(about)}))[1] as ${answerColumn(about)}`,
    );
    return sql`select profile_id, ${sql.join(answers)} from (${ofFamily(scope)}) answer group by profile_id, brand_id`;
  },
  read: async (ctx, profileId) => {
    const { rows } = await sql<ConsentAnswer>`
      select brand_id as "brandId", purpose, channel, topic, granted
      from (${ofFamily({ profiles: [profileId] })}) answer order by ${NEWEST_FIRST}`.execute(ctx.sql);
    return rows;
  },
};

/** Whether an answer covers what is asked about: it is about that, or about everything. */
export function covers(about: ConsentAbout): (answer: ConsentAnswer) => boolean {
  return ({ purpose, channel, topic }) =>
    purpose === about.purpose &&
    (channel === null || channel === about.channel) &&
    (topic === null || topic === about.topic);
}

function coversSql({ purpose, channel, topic }: ConsentAbout): Fragment {
  return sql`purpose = ${purpose} and (channel is null or channel = ${channel ?? null}::text)
    and (topic is null or topic = ${topic ?? null}::text)`;
}

export function answerColumn(about: ConsentAbout): Fragment {
  return sql.raw(`a_${createHash('sha256').update(canonical(about)).digest('hex').slice(0, 16)}`);
}

function ofFamily(scope: Scope): Fragment {
  return sql`select own.profile_id, own.id, text.brand_id, own.purpose, own.channel, own.topic, own.granted, own.given_at
      from consent own join consent_text text on text.id = own.text_id
      where ${inScope(scope, sql`own.profile_id`)}
    union all
    select other.merged_into, theirs.id, text.brand_id, theirs.purpose, theirs.channel, theirs.topic, theirs.granted,
      theirs.given_at
      from profile other join consent theirs on theirs.profile_id = other.id
      join consent_text text on text.id = theirs.text_id
      where ${inScope(scope, sql`other.merged_into`)}`;
}

/** Only features of this source are asked, and they want nothing else. */
function wanted(features: readonly Feature[]): ConsentAbout[] {
  const wants = features.flatMap((feature) => feature.wants);
  return [...new Map(wants.map((about) => [canonical(about), about as ConsentAbout])).values()];
}
