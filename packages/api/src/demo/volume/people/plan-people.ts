import type { Random } from '../../random.ts';
import { GROUPS } from '../goods/catalogue.ts';
import type { VolumeStore } from '../stores.ts';
import { HISTORY_DAYS, type Volume } from '../volume.ts';

const DAY = 86_400_000;

/** Everybody in the order they became known, a few numbers each: what purchases, visits and points follow from. */
export interface PeoplePlan {
  readonly count: number;
  /** Milliseconds since 1970. */
  readonly createdAt: Float64Array;
  /** When they lose interest; the end of the history for who has not. */
  readonly until: Float64Array;
  /** How much of all purchases, and of all visits to the site, is theirs; 0: none. */
  readonly shopping: Float64Array;
  readonly browsing: Float64Array;
  /** Position of the store they are at home in. */
  readonly home: Uint8Array;
  readonly isFemale: Uint8Array;
  /** Positions of two groups of goods they like. */
  readonly likes: Uint8Array;
  /** 1: this is the person before once more, not yet recognised. */
  readonly isDuplicate: Uint8Array;
  /** Filled as they are written. */
  readonly ids: string[];
}

const PROSPECTS = 0.22;
const FEMALE = 0.66;
const ONLINE = 0.65;
/** Half of the people lose interest within some fourteen months. */
const MEAN_INTEREST_DAYS = 620;
const TIMES_A_YEAR = 4.2;
const SPREAD = 0.9;

/** Like shoppers are: most come now and then, a few all the time, many have stopped, some have never bought. */
export function planPeople(
  random: Random,
  { volume, stores, now }: { volume: Volume; stores: readonly VolumeStore[]; now: number },
): PeoplePlan {
  const count = volume.people + volume.duplicates;
  const plan: PeoplePlan = {
    count,
    createdAt: arrivals(random, count, now),
    until: new Float64Array(count),
    shopping: new Float64Array(count),
    browsing: new Float64Array(count),
    home: new Uint8Array(count),
    isFemale: new Uint8Array(count),
    likes: new Uint8Array(count * 2),
    isDuplicate: new Uint8Array(count),
    ids: [],
  };
  const home = weighted(stores.map(({ share }) => share));
  for (let person = 0; person < count; person += 1) planPerson(random, plan, { person, home, now });
  for (let each = 1; each <= volume.duplicates; each += 1)
    plan.isDuplicate[Math.floor((each * count) / volume.duplicates) - 1] = 1;
  return plan;
}

function planPerson(
  random: Random,
  plan: PeoplePlan,
  { person, home, now }: { person: number; home: (drawn: number) => number; now: number },
): void {
  const createdAt = plan.createdAt[person] ?? now;
  const until = Math.min(now, createdAt + exponential(random, MEAN_INTEREST_DAYS) * DAY);
  const years = (until - createdAt) / (365 * DAY);
  const times = TIMES_A_YEAR * Math.exp(SPREAD * gaussian(random));
  plan.until[person] = until;
  plan.shopping[person] = random.chance(PROSPECTS) ? 0 : times * (years + 0.12);
  plan.browsing[person] = random.chance(ONLINE) ? Math.exp(gaussian(random)) * (years + 0.05) : 0;
  plan.home[person] = home(random.next());
  const female = random.chance(FEMALE);
  plan.isFemale[person] = female ? 1 : 0;
  plan.likes[person * 2] = random.chance(0.6) ? (female ? 0 : 1) : random.between(0, GROUPS.length - 1);
  plan.likes[person * 2 + 1] = random.between(2, GROUPS.length - 1);
}

/** The company grows: more people come every year. */
function arrivals(random: Random, count: number, now: number): Float64Array {
  const span = HISTORY_DAYS * DAY;
  const moments = Float64Array.from({ length: count }, () =>
    Math.floor(now - span + span * random.next() ** 0.8 * 0.9995),
  );
  return moments.toSorted();
}

/** @returns the position a number of [0, 1) stands for */
export function weighted(weights: readonly number[]): (drawn: number) => number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let sum = 0;
  const bounds = weights.map((weight) => (sum += weight) / total);
  return (drawn) =>
    Math.max(
      0,
      bounds.findIndex((bound) => drawn < bound),
    );
}

function gaussian(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}

export function exponential(random: Random, mean: number): number {
  return -mean * Math.log(1 - random.next());
}

/** Shares a whole number out by weight: what is left of one goes to the next, and nothing is lost. */
export function shareOut(weights: Float64Array, total: number): Uint32Array {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  const shares = new Uint32Array(weights.length);
  let weighed = 0;
  let given = 0;
  for (const [index, weight] of weights.entries()) {
    weighed += weight;
    const until = Math.round((weighed / sum) * total);
    shares[index] = until - given;
    given = until;
  }
  return shares;
}
