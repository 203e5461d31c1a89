/** The only source of the present moment: rules and use cases never read the machine's clock themselves. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** A clock that stands still until it is moved: tests, and the demo company's clock are made of it. */
export class ManualClock implements Clock {
  #now: number;

  constructor(start: Date | string) {
    this.#now = new Date(start).getTime();
  }

  now(): Date {
    return new Date(this.#now);
  }

  advance(milliseconds: number): void {
    this.#now += milliseconds;
  }

  set(instant: Date | string): void {
    this.#now = new Date(instant).getTime();
  }
}

/** A running clock shifted forward by an offset that may grow: what `advanceDemoClock` moves. */
export class ShiftedClock implements Clock {
  readonly #base: Clock;
  #offset = 0;

  constructor(base: Clock) {
    this.#base = base;
  }

  now(): Date {
    return new Date(this.#base.now().getTime() + this.#offset);
  }

  /** @param offset milliseconds ahead of the base clock; never moves back. */
  shiftTo(offset: number): void {
    this.#offset = Math.max(this.#offset, offset);
  }

  get offset(): number {
    return this.#offset;
  }
}

/**
 * The real moment, also where the demo company's clock was moved forward: sign-ins, their sessions and one-time codes of
 * a telephone live by it.
 */
export function wallTime(clock: Clock): Date {
  return clock instanceof ShiftedClock ? new Date(clock.now().getTime() - clock.offset) : clock.now();
}
