import { tmpdir } from 'node:os';
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Presets, SingleBar } from 'cli-progress';
import {
  importOrders,
  openOrderFile,
  plainMapping,
  readOrderPreset,
  reportInWords,
} from '../exchange/index.ts';
import type { ImportOrders, ImportPhase } from '../exchange/index.ts';
import { openCompany, workingFolder, type Company } from './company.ts';
import type { ImportArguments, Progress } from './import-arguments.ts';
import { importTableFile, isTableKind, TABLE_KINDS } from './import-table-command.ts';
import { say, WrongCommand } from './say.ts';

export const IMPORT_USAGE = `import ${['orders', ...TABLE_KINDS].join('|')} FILE --source NAME [--map NAME or FILE] [--errors FILE] [--dry-run]`;

/** @returns the exit code: 2 where some rows were refused */
export async function importCommand(args: readonly string[]): Promise<number> {
  const input = readArguments(args);
  const company = await openCompany();
  const stopping = new AbortController();
  const interrupt = (): void => (stopping.signal.aborted ? process.exit(130) : stopping.abort());
  process.on('SIGINT', interrupt);
  const progress = progressBar();
  try {
    return isTableKind(input.what)
      ? await importTableFile(company, input, { what: input.what, progress, signal: stopping.signal })
      : await importOrderFile(company, input, progress);
  } finally {
    progress.stop();
    process.removeListener('SIGINT', interrupt);
    await company.close();
  }
}

/** What was stored stays stored; the same command goes on there. */
function quit(): never {
  process.exit(130);
}

async function importOrderFile(
  company: Company,
  input: ImportArguments,
  progress: Progress,
): Promise<number> {
  process.once('SIGINT', quit);
  const content = input.map === undefined ? plainMapping : readOrderPreset(input.map, input.cwd);
  const file = await openOrderFile(input.path, content, tmpdir());
  const orders: ImportOrders = {
    path: file.path,
    source: input.source,
    mapping: file.mapping,
    dryRun: input.dryRun,
    errorFile: input.errorFile,
    onProgress: (phase, done, of) => progress.show(PHASES[phase], done, of),
  };
  const report = await importOrders(company.ctx, orders).finally(() => file.forget());
  process.removeListener('SIGINT', quit);
  progress.stop();
  for (const line of reportInWords(report)) say(line);
  if (report.errorRows > 0) say(`Error file: ${input.errorFile}`);
  return report.problems.length > 0 ? 2 : 0;
}

function readArguments(args: readonly string[]): ImportArguments {
  const { values, positionals } = parse(args);
  const [what = '', file, ...more] = positionals;
  if (what !== 'orders' && !isTableKind(what)) throw new WrongCommand(IMPORT_USAGE);
  if (file === undefined || more.length > 0 || values.source === undefined)
    throw new WrongCommand(IMPORT_USAGE);
  const cwd = workingFolder();
  const path = resolve(cwd, file);
  return {
    what,
    path,
    source: values.source,
    map: values.map,
    dryRun: values['dry-run'] ?? false,
    errorFile: resolve(cwd, values.errors ?? errorFileName(path)),
    cwd,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        source: { type: 'string' },
        map: { type: 'string' },
        errors: { type: 'string' },
        'dry-run': { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new WrongCommand(
      `${error instanceof Error ? error.message : String(error)}\nUsage: ${IMPORT_USAGE}`,
    );
  }
}

function errorFileName(path: string): string {
  return `${basename(path).replace(/(\.csv|\.txt|\.tsv|\.xlsx)?(\.gz)?$/, '')}.errors.csv`;
}

const PHASES: Record<ImportPhase, string> = {
  READING: 'reading',
  SORTING: 'comparing with what is stored',
  PERSONS: 'shoppers',
  ORDERS: 'orders',
  RETURNS: 'returns',
};

/** On the error output, and only where somebody watches. */
function progressBar(): Progress {
  const bar = new SingleBar(
    {
      format: '{bar} {percentage}% {phase}',
      stream: process.stderr,
      hideCursor: true,
      clearOnComplete: true,
      etaBuffer: 100,
    },
    Presets.shades_classic,
  );
  let current: string | undefined;
  return {
    show: (phase, done, of) => {
      if (phase !== current) bar.start(Math.max(of, 1), done, { phase });
      else bar.update(done);
      current = phase;
    },
    stop: () => bar.stop(),
  };
}
