import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Presets, SingleBar } from 'cli-progress';
import { importOrders, plainMapping, readMapping, reportInWords } from '../exchange/index.ts';
import type { ImportOrders, ImportPhase } from '../exchange/index.ts';
import { openCompany, workingFolder } from './company.ts';
import { say, WrongCommand } from './say.ts';

export const IMPORT_USAGE =
  'import orders FILE --source NAME [--map NAME or FILE] [--errors FILE] [--dry-run]';

/** @returns the exit code: 2 where some orders were refused */
export async function importCommand(args: readonly string[]): Promise<number> {
  const input = readArguments(args);
  const company = await openCompany();
  process.once('SIGINT', interrupt);
  const progress = progressBar();
  try {
    const report = await importOrders(company.ctx, { ...input, onProgress: progress.show });
    progress.stop();
    for (const line of reportInWords(report)) say(line);
    if (report.errorRows > 0) say(`Error file: ${input.errorFile}`);
    return report.problems.length > 0 ? 2 : 0;
  } finally {
    progress.stop();
    process.removeListener('SIGINT', interrupt);
    await company.close();
  }
}

/** What was stored stays stored; the same command goes on there. */
function interrupt(): void {
  process.exit(130);
}

function readArguments(args: readonly string[]): ImportOrders & { errorFile: string } {
  const { values, positionals } = parse(args);
  const [what, file, ...more] = positionals;
  if (what !== 'orders' || file === undefined || more.length > 0 || values.source === undefined)
    throw new WrongCommand(IMPORT_USAGE);
  const cwd = workingFolder();
  const path = resolve(cwd, file);
  return {
    path,
    source: values.source,
    mapping: values.map === undefined ? plainMapping : readMapping(values.map, cwd),
    dryRun: values['dry-run'] ?? false,
    errorFile: resolve(cwd, values.errors ?? errorFileName(path)),
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
  return `${basename(path).replace(/(\.csv|\.txt|\.tsv)?(\.gz)?$/, '')}.errors.csv`;
}

const PHASES: Record<ImportPhase, string> = {
  READING: 'reading',
  SORTING: 'comparing with what is stored',
  PERSONS: 'shoppers',
  ORDERS: 'orders',
  RETURNS: 'returns',
};

/** On the error output, and only where somebody watches. */
function progressBar(): { show: NonNullable<ImportOrders['onProgress']>; stop: () => void } {
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
  let current: ImportPhase | undefined;
  return {
    show: (phase, done, of) => {
      if (phase !== current) bar.start(Math.max(of, 1), done, { phase: PHASES[phase] });
      else bar.update(done);
      current = phase;
    },
    stop: () => bar.stop(),
  };
}
