import type { EntityManager } from '@mikro-orm/postgresql';
import type { Clock } from './clock.ts';
import type { Database, Sql } from './database/database.ts';
import type { Log } from './log.ts';
import type { Vault } from './vault.ts';

/** Who acts. Rooms add what they know of the caller by declaration merging (see `company/actor.ts`). */
export interface Actor {
  /** What the caller may do; checked by GraphQL fields and again in use cases that need it. */
  readonly scopes: ReadonlySet<string>;
}

/** What every use case may need, and no more. */
export interface Context {
  readonly actor: Actor;
  readonly clock: Clock;
  readonly database: Database;
  /** Entities: configuration, admin edits, point reads. Bound to the transaction inside `inTransaction`. */
  readonly em: EntityManager;
  /** Set-based SQL (Kysely): hot paths and lists. Bound to the transaction inside `inTransaction`. */
  readonly sql: Sql;
  readonly vault: Vault;
  readonly log: Log;
  /** Demo mode shows what production must not. */
  readonly mode: 'demo' | 'production';
  /** Folder of what is kept outside the database: uploads and files made for people. Absolute. */
  readonly dataDir: string;
  /** Records that were refused before are tried again: the exchange monitor knows of them already. */
  readonly replaying?: boolean;
  /** Letters to staff go out: a mail server is named, or this is the demo. */
  readonly mailConnected?: boolean;
  /** By what messages leave: `SMS`, `EMAIL` …; absent where nobody asked. */
  readonly waysOut?: readonly string[];
}
