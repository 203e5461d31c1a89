import { sql, type Kysely, type RawBuilder } from 'kysely';
import pg from 'pg';
import type { Tables } from './tables.ts';

const MARK = '/* kept plan ';

/**
 * A statement that begins with this is planned once on each connection, whatever its parameters, and again when its text is
 * another one. For what is asked all day and takes longer to plan than to answer.
 * @param name of the statement; a connection keeps one text under it
 */
export function keptPlan(name: string): RawBuilder<unknown> {
  return sql.raw(`${MARK}${name} */`);
}

/** One plan for all parameters, until the transaction ends: else the database plans the first five times, and may go on to. */
export async function planForAnyParameters(tx: Kysely<Tables>): Promise<void> {
  await sql`select set_config('plan_cache_mode', 'force_generic_plan', true)`.execute(tx);
}

type Query = (this: pg.Client, ...args: unknown[]) => unknown;
const ask = pg.Client.prototype.query as Query;

/** What the driver knows of a connection and does not declare: texts by the names they are prepared under. */
interface Connection {
  readonly connection: { readonly parsedStatements: Record<string, string> };
}

/** Prepares statements that say so, and forgets those whose text is not asked any more. */
export class PlanKeepingClient extends pg.Client {
  readonly #kept = new Map<string, { text: string; version: number }>();

  override query = ((...args: unknown[]): unknown => {
    const [text, values, ...rest] = args;
    if (typeof text !== 'string' || !text.startsWith(MARK)) return ask.apply(this, args);
    return ask.call(this, { name: this.#nameOf(text), text, values }, ...rest);
  }) as pg.Client['query'];

  #nameOf(text: string): string {
    const name = text.slice(MARK.length, text.indexOf(' */'));
    const before = this.#kept.get(name);
    if (before?.text === text) return `${name} ${before.version}`;
    const version = (before?.version ?? 0) + 1;
    if (before !== undefined) this.#forget(`${name} ${before.version}`);
    this.#kept.set(name, { text, version });
    return `${name} ${version}`;
  }

  #forget(prepared: string): void {
    const { parsedStatements } = (this as unknown as Connection).connection;
    if (parsedStatements[prepared] === undefined) return;
    delete parsedStatements[prepared];
    // What is asked is asked in order: it is gone before what comes next, and where it fails, that fails too.
    void (ask.call(this, `deallocate "${prepared}"`) as Promise<unknown>).catch(() => undefined);
  }
}
