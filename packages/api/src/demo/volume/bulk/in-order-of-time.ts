import { HISTORY_DAYS } from '../volume.ts';

const DAY = 86_400_000;
/** A person fits below it, seconds of the whole history stand above: together they stay exact in a number. */
const PEOPLE = 2 ** 20;

/** Moments of many people in the order of time, eight bytes each. */
export interface Moments {
  readonly count: number;
  person(index: number): number;
  /** Milliseconds since 1970, whole seconds. */
  at(index: number): number;
}

/** @param momentsOf what each person did, told by `tell` with milliseconds since 1970 */
export function inOrderOfTime(
  total: number,
  now: number,
  momentsOf: (tell: (person: number, at: number) => void) => void,
): Moments {
  const start = Math.floor((now - (HISTORY_DAYS + 2) * DAY) / 1_000);
  const packed = new Float64Array(total);
  let count = 0;
  momentsOf((person, at) => {
    packed[count] = (Math.floor(at / 1_000) - start) * PEOPLE + person;
    count += 1;
  });
  packed.sort();
  return {
    count,
    person: (index) => (packed[index] ?? 0) % PEOPLE,
    at: (index) => (Math.floor((packed[index] ?? 0) / PEOPLE) + start) * 1_000,
  };
}
