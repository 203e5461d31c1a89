import type { Context } from '../../../platform/context.ts';

/** What every brand starts with: `default-topic.sql` puts it in place. */
export const DEFAULT_TOPIC = 'MARKETING';

export interface ConsentTopicRecord {
  id: string;
  code: string;
  nameRu: string;
  nameEn: string;
  version: number;
  archivedAt: Date | null;
}

/** Those people are asked for, in the order they were made; with `archived` the others too. */
export async function consentTopics(
  { sql }: Pick<Context, 'sql'>,
  { archived = false }: { archived?: boolean } = {},
): Promise<ConsentTopicRecord[]> {
  const query = sql
    .selectFrom('consent_topic')
    .select(['id', 'code', 'name_ru as nameRu', 'name_en as nameEn', 'version', 'archived_at as archivedAt'])
    .orderBy('created_at')
    .orderBy('id');
  return archived ? query.execute() : query.where('archived_at', 'is', null).execute();
}
