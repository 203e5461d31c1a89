import { DatabaseError } from 'pg';
import { invalid } from '../errors.ts';

const UNIQUE_VIOLATION = '23505';

/**
 * A value somebody else has already is the caller's to change: a unique index becomes a problem of its field.
 * @param fields name of the index → path of the field
 * @throws InvalidInput DUPLICATE
 */
export async function refuseTaken<Result>(
  fields: Readonly<Record<string, string>>,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const taken = error instanceof DatabaseError && error.code === UNIQUE_VIOLATION && error.constraint;
    const field = taken ? fields[taken] : undefined;
    if (field === undefined) throw error;
    throw invalid(field, 'DUPLICATE', 'is taken already');
  }
}
