import type { TierLadder, TierLevel } from '@clientele/shared/receipt';
import { versionAt, type ProgramRecord } from '../program/programs.ts';
import type { LadderSince } from './tier-rules.ts';

/** The ladder of every version there is, also of those to come, oldest first. */
export function laddersOf(program: ProgramRecord): LadderSince[] {
  return program.versions
    .map(({ validFrom, settings }) => ({ from: validFrom.getTime(), ladder: settings.tiers }))
    .toSorted((one, other) => one.from - other.from);
}

/** Whether tiers are counted at all: some version has, had or will have levels. */
export function hasTiers(program: ProgramRecord): boolean {
  return program.versions.some(({ settings }) => settings.tiers.levels.length > 0);
}

export function ladderAt(program: ProgramRecord, at: Date): TierLadder | null {
  return versionAt(program, at)?.settings.tiers ?? null;
}

/** Of any version, the one that holds first: a tier that is no more still has its name. */
export function levelNamed(program: ProgramRecord, code: string | null, at: Date): TierLevel | null {
  if (code === null) return null;
  const now = ladderAt(program, at)?.levels.find((level) => level.code === code);
  if (now !== undefined) return now;
  return (
    program.versions.flatMap(({ settings }) => settings.tiers.levels).find((level) => level.code === code) ??
    null
  );
}

/** Whether the lowest level is carried by no purchase at all. */
export function givesTierForNothing(ladder: TierLadder | null): boolean {
  const [lowest] = ladder?.levels ?? [];
  if (lowest === undefined) return false;
  if (ladder?.basis === 'POINTS') return lowest.fromPoints <= 0;
  return Object.values(lowest.from).some((from) => from <= 0);
}
