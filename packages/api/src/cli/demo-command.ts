import { parseArgs } from 'node:util';
import { Presets, SingleBar } from 'cli-progress';
import { MOST_PEOPLE, NotEmpty, seedVolume, volumeOf } from '../demo/volume/index.ts';
import type { OnProgress } from '../demo/volume/index.ts';
import { SHOPPER_ROWS } from '../shopper-rows.ts';
import { openCompany } from './company.ts';
import { say, WrongCommand } from './say.ts';

export const DEMO_USAGE = 'demo --profiles NUMBER [--seed NUMBER]';

const FEWEST = 100;
const SEED = 2_026;

/** @returns the exit code */
export async function demoCommand(args: readonly string[]): Promise<number> {
  const { people, seed } = readArguments(args);
  const company = await openCompany();
  const began = performance.now();
  const progress = progressBar();
  try {
    const made = await seedVolume(company.ctx, {
      people,
      seed,
      registry: SHOPPER_ROWS,
      onProgress: progress.show,
    });
    progress.stop();
    say(
      `${count(made.people)} people, ${count(made.orders)} purchases of ${count(made.lines)} lines, ${count(made.events)} events, ${count(made.products)} products, ${made.stores} stores.`,
    );
    say(`Made in ${Math.round((performance.now() - began) / 1_000)} seconds.`);
    return 0;
  } catch (error) {
    if (error instanceof NotEmpty) throw new WrongCommand(error.message);
    throw error;
  } finally {
    progress.stop();
    await company.close();
  }
}

function readArguments(args: readonly string[]): { people: number; seed: number } {
  const { profiles, seed } = optionsOf(args);
  const people = wholeNumber(profiles);
  if (people === null || people < FEWEST || people > MOST_PEOPLE)
    throw new WrongCommand(
      `Say how many people, ${count(FEWEST)} to ${count(MOST_PEOPLE)}: ${DEMO_USAGE}\n450000 people come with ${count(volumeOf(450_000).orders)} purchases.`,
    );
  const seeded = seed === undefined ? SEED : wholeNumber(seed);
  if (seeded === null) throw new WrongCommand(`The seed is a whole number: ${DEMO_USAGE}`);
  return { people, seed: seeded };
}

function wholeNumber(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : null;
}

function optionsOf(args: readonly string[]): { profiles?: string; seed?: string } {
  try {
    const options = { profiles: { type: 'string' }, seed: { type: 'string' } } as const;
    return parseArgs({ args: [...args], options, strict: true }).values;
  } catch (error) {
    throw new WrongCommand(`${error instanceof Error ? error.message : String(error)}\nUsage: ${DEMO_USAGE}`);
  }
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** On the error output, and only where somebody watches. */
function progressBar(): { show: OnProgress; stop(): void } {
  const bar = new SingleBar(
    {
      format: '{bar} {percentage}% {step}',
      stream: process.stderr,
      hideCursor: true,
      clearOnComplete: true,
    },
    Presets.shades_classic,
  );
  let current: string | undefined;
  return {
    show: ({ step, done, total }) => {
      if (step !== current) bar.start(Math.max(total, 1), done, { step });
      else bar.update(done);
      current = step;
    },
    stop: () => bar.stop(),
  };
}
