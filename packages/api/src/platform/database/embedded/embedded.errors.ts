/** The embedded server cannot serve; the message is one sentence that says what to do. */
export abstract class EmbeddedPostgresError extends Error {
  override get name(): string {
    return this.constructor.name;
  }
}

/** There are no PostgreSQL binaries for this machine. */
export class UnsupportedPlatform extends EmbeddedPostgresError {
  readonly platform: string;

  constructor(platform: string) {
    super(
      `The embedded PostgreSQL runs on 64-bit Intel/AMD Linux with glibc only (this is ${platform}): ` +
        'set DATABASE_URL to a PostgreSQL 16 or newer.',
    );
    this.platform = platform;
  }
}

/** The binaries are there, the system lacks a library they link. */
export class MissingLibrary extends EmbeddedPostgresError {
  readonly library: string;

  constructor(library: string) {
    super(
      `The embedded PostgreSQL needs the system library ${library}: install it, ` +
        'or set DATABASE_URL to a PostgreSQL 16 or newer.',
    );
    this.library = library;
  }
}

/** Another living process holds the data folder. */
export class DataDirBusy extends EmbeddedPostgresError {
  readonly dataDir: string;
  readonly holder: number | undefined;

  constructor(dataDir: string, holder: number | undefined) {
    const who = holder === undefined ? 'Another process' : `Process ${holder}`;
    super(
      `${who} is already using the data folder ${dataDir}: stop it first, ` +
        'or give this one another folder with DATA_DIR.',
    );
    this.dataDir = dataDir;
    this.holder = holder;
  }
}

/** The data folder cannot be made, read or written, or holds something this version cannot open. */
export class DataDirUnusable extends EmbeddedPostgresError {
  readonly dataDir: string;

  constructor(dataDir: string, reason: string) {
    super(
      `The data folder ${dataDir} cannot be used (${reason}): set DATA_DIR to another folder, or set DATABASE_URL.`,
    );
    this.dataDir = dataDir;
  }
}

/** The disk under the data folder is full. */
export class DiskFull extends EmbeddedPostgresError {
  readonly dataDir: string;

  constructor(dataDir: string) {
    super(`The disk under ${dataDir} is full: free some space, or move the folder and set DATA_DIR.`);
    this.dataDir = dataDir;
  }
}

/** PostgreSQL refuses to run as root and no other user can reach its files. */
export class UnreachableForPostgres extends EmbeddedPostgresError {
  constructor(path: string) {
    super(
      `PostgreSQL does not run as root and ${path} is closed to other users: ` +
        'set DATA_DIR to a folder every user may enter, start as an ordinary user, or set DATABASE_URL.',
    );
  }
}

/** PostgreSQL itself gave up; `reason` is its own last word. */
export class PostgresFailed extends EmbeddedPostgresError {
  readonly reason: string;

  constructor(reason: string, logFile: string) {
    super(`PostgreSQL did not start (${reason}): see ${logFile}.`);
    this.reason = reason;
  }
}
