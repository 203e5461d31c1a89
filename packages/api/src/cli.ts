/** `pnpm clientele …`: the command line, for people and scripts. */
import { ADMIN_USAGE, adminCommand } from './cli/admin-command.ts';
import { benchCommand } from './cli/bench-command.ts';
import { migrateCompany } from './cli/company.ts';
import { DEMO_USAGE, demoCommand } from './cli/demo-command.ts';
import { IMPORT_USAGE, importCommand } from './cli/import-command.ts';
import { say, sayToStderr, WrongCommand } from './cli/say.ts';
import { verifyCommand } from './cli/verify-command.ts';
import { ImportRunning, UnreadableFile, UnusableMapping } from './exchange/index.ts';
import { ConfigError } from './platform/config.ts';
import { EmbeddedPostgresError } from './platform/database/embedded/index.ts';

const HELP = `Usage: pnpm clientele COMMAND

  start                     start the server: the same as pnpm start
  migrate                   bring the database to this version
  ${IMPORT_USAGE}
                            bring in a file of orders, packed by gzip or not; what is stored already is left
                            alone, so a stopped import is gone on with by the same command
  verify                    check that the ledger of points adds up, and who is in which segment
      --mend-segments       first look at everybody anew and write what is right
  ${ADMIN_USAGE}
  ${DEMO_USAGE}
                            make a large invented company in an empty database: 450000 people come with 3 million
                            purchases and 8 million events, in minutes
  bench [NAME]              measure this machine

The database is the one of DATABASE_URL, else the one in DATA_DIR (.clientele), also while the server runs.`;

/** @returns the exit code */
type Command = (args: readonly string[]) => Promise<number>;

const COMMANDS: Readonly<Record<string, Command>> = {
  start: async () => {
    await import('./start.ts');
    return GOES_ON;
  },
  migrate: async () => {
    await migrateCompany();
    say('The database is of this version.');
    return 0;
  },
  import: importCommand,
  verify: verifyCommand,
  admin: adminCommand,
  demo: demoCommand,
  bench: benchCommand,
  help: async () => {
    say(HELP);
    return 0;
  },
};

/** The process ends by itself. */
const GOES_ON = -1;

async function run([name = 'help', ...args]: readonly string[]): Promise<number> {
  const command = COMMANDS[name === '--help' || name === '-h' ? 'help' : name];
  if (command !== undefined) return command(args);
  sayToStderr(`There is no command ${name}.\n`);
  sayToStderr(HELP);
  return 1;
}

/** An expected reason is one sentence; anything else is a bug and shows where. */
function wordsOf(error: unknown): string {
  const expected = [
    WrongCommand,
    UnreadableFile,
    UnusableMapping,
    ImportRunning,
    ConfigError,
    EmbeddedPostgresError,
  ];
  if (expected.some((kind) => error instanceof kind)) return error instanceof Error ? error.message : '';
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

const code = await run(process.argv.slice(2)).catch((error: unknown) => {
  sayToStderr(wordsOf(error));
  return 1;
});
if (code !== GOES_ON) process.exitCode = code;
