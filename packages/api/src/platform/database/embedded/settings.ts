import { totalmem } from 'node:os';

/** For one machine that runs the whole product; a large company brings its own server by DATABASE_URL. */
const ONE_MACHINE: Readonly<Record<string, string>> = {
  max_connections: '200',
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  effective_cache_size: '1GB',
  max_wal_size: '2GB',
  random_page_cost: '1.1',
  checkpoint_completion_target: '0.9',
  // Compiling costs more than it saves in the short statements of a till and in combined segment passes.
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
};

/** Said on the command line, so that neither an edited postgresql.conf nor ALTER SYSTEM turns it off. */
const DURABLE = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' };

const MIB = 1024 ** 2;
const LEAST_MIB = 256;
const MOST_MIB = 4096;

/**
 * What the database keeps in memory: an eighth of the machine's, taken up as it is needed. A company's indexes fit there
 * long before its tables do; the rest of the memory keeps files.
 * @param bytes of the machine
 */
export function buffersOf(bytes: number): string {
  return `${Math.min(MOST_MIB, Math.max(LEAST_MIB, Math.floor(bytes / 8 / MIB)))}MB`;
}

/** Bytes; of the container, where that is less. */
function memoryOfMachine(): number {
  const allowed = process.constrainedMemory();
  return allowed > 0 ? Math.min(allowed, totalmem()) : totalmem();
}

/** A throw-away server of a test run: a crash of the machine may lose everything. */
export const FOR_TESTS: Readonly<Record<string, string>> = {
  shared_buffers: '256MB',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
};

/**
 * Only this computer, by password. No Unix socket: nobody here needs one, its path has a length limit, and its lock
 * file, left by a kill, is one more thing that can stand in the way of the next start.
 */
export function serverSettings(own: Readonly<Record<string, string>>): Record<string, string> {
  return {
    ...ONE_MACHINE,
    shared_buffers: buffersOf(memoryOfMachine()),
    ...DURABLE,
    ...own,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
  };
}
