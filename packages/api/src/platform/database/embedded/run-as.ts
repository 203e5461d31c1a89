import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { tryBinary } from './binaries.ts';
import type { Binaries } from './binaries.ts';
import { UnreachableForPostgres } from './embedded.errors.ts';

/** A user and group of the system. */
export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** "nobody" of every Linux distribution. */
export const NOBODY: Owner = { uid: 65534, gid: 65534 };
const ROOT: Owner = { uid: 0, gid: 0 };

/** How PostgreSQL's processes are started and where their files stand. */
export interface RunAs {
  readonly binaries: Binaries;
  /** Folder the cluster stands in; the data folder, unless nobody else can enter it. */
  readonly home: string;
  /** Who owns the cluster's files; undefined: whoever we are. */
  readonly owner: Owner | undefined;
  /** Words before the command: `unshare …`, `setpriv …`. */
  readonly prefix: readonly string[];
  /** Ends the server in order when this process is killed outright; empty where the system cannot. */
  readonly deathSignal: readonly string[];
  /** Something a person should know, for instance that the data stands elsewhere. */
  readonly notice: string | undefined;
}

/**
 * PostgreSQL refuses to run as root. An ordinary user runs it as is; root runs it as the user the database belongs to
 * already, at first as nobody, where that user can reach the files, else inside a user namespace that hides root, else from a copy in a place every user may enter.
 * @param dataDir absolute, existing
 * @throws UnreachableForPostgres, MissingLibrary, UnsupportedPlatform
 */
export function chooseRunAs(binaries: Binaries, dataDir: string, uid = process.getuid?.()): RunAs {
  const deathSignal = deathSignalPrefix();
  const asIs = { binaries, home: dataDir, owner: undefined, prefix: [], deathSignal, notice: undefined };
  if (uid !== 0) {
    if (tryBinary(binaries.postgres, ['--version'], {}) === 'closed')
      throw new UnreachableForPostgres(binaries.home);
    return asIs;
  }
  const owner = clusterOwner(dataDir) ?? NOBODY;
  const asOwner = { ...asIs, owner };
  if (canRun(binaries, owner) && canEnter(dataDir, owner)) return asOwner;
  const namespace = ['unshare', '--user', '--map-user=1000', '--'];
  if (namespaceWorks(namespace, binaries)) return { ...asIs, owner: ROOT, prefix: namespace };
  return copied({ ...asIs, owner: NOBODY }, dataDir);
}

/** Options of a spawned process; inside a user namespace it already is somebody else. */
export function identityOf({ prefix, owner }: RunAs): Partial<Owner> {
  return prefix.length === 0 && owner !== undefined ? owner : {};
}

/** Root that starts somebody's database once must not take it away from them. */
function clusterOwner(dataDir: string): Owner | undefined {
  const cluster = join(dataDir, 'postgres');
  if (!existsSync(cluster)) return undefined;
  const { uid, gid } = statSync(cluster);
  return uid === ROOT.uid ? undefined : { uid, gid };
}

function copied(asNobody: RunAs, dataDir: string): RunAs {
  const base = '/var/lib/clientele';
  try {
    const open = canRun(asNobody.binaries, NOBODY);
    const binaries = open ? asNobody.binaries : copyBinaries(asNobody.binaries, base);
    if (canEnter(dataDir, NOBODY)) return { ...asNobody, binaries };
    const home = join(base, createHash('sha256').update(dataDir).digest('hex').slice(0, 16));
    mkdirSync(home, { recursive: true, mode: 0o711 });
    if (!canEnter(home, NOBODY)) throw new UnreachableForPostgres(dataDir);
    const notice = `${dataDir} is closed to other users, so the database stands in ${home}.`;
    return { ...asNobody, binaries, home, notice };
  } catch {
    throw new UnreachableForPostgres(dataDir);
  }
}

/** 60 MB, once per version. Anything there that root did not make alone is not trusted. */
function copyBinaries(binaries: Binaries, base: string): Binaries {
  mkdirSync(base, { recursive: true, mode: 0o755 });
  const version = createHash('sha256').update(realpathSync(binaries.postgres)).digest('hex').slice(0, 16);
  const home = join(base, `postgresql-${version}`);
  if (!existsSync(home)) {
    const draft = `${home}.${process.pid}`;
    cpSync(binaries.home, draft, { recursive: true, verbatimSymlinks: true });
    chmodSync(draft, 0o755);
    renameSync(draft, home);
  }
  const found = lstatSync(home);
  if (!found.isDirectory() || found.uid !== 0 || (found.mode & 0o022) !== 0) {
    rmSync(home, { recursive: true, force: true });
    return copyBinaries(binaries, base);
  }
  const copy = { home, initdb: join(home, 'bin/initdb'), postgres: join(home, 'bin/postgres') };
  if (!canRun(copy, NOBODY)) throw new UnreachableForPostgres(home);
  return copy;
}

function canRun(binaries: Binaries, user: Owner): boolean {
  // initdb reads share/ too: the folder's own rights decide, pnpm gives every file of a package the same.
  return (
    canEnter(binaries.home, user) && tryBinary(binaries.postgres, ['--version'], { ...user }) === 'works'
  );
}

function namespaceWorks(namespace: readonly string[], binaries: Binaries): boolean {
  const [command, ...args] = namespace;
  if (command === undefined || spawnSync(command, [...args, 'true']).status !== 0) return false;
  return tryBinary(command, [...args, binaries.postgres, '--version'], {}) === 'works';
}

/** Whether every folder down to this one lets the user through. Rights given by access lists are not counted on. */
export function canEnter(folder: string, user: Owner): boolean {
  const real = realpathSync(folder);
  const { mode, uid, gid } = statSync(real);
  const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
  return (mode & bit) !== 0 && (dirname(real) === real || canEnter(dirname(real), user));
}

function deathSignalPrefix(): string[] {
  const prefix = ['setpriv', '--pdeathsig', 'INT', '--'];
  const [command, ...args] = prefix;
  return command !== undefined && spawnSync(command, [...args, 'true']).status === 0 ? prefix : [];
}
