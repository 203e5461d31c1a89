import type { TierLadder, TierLevel } from '@clientele/shared/receipt';
import { addDays, type Instant } from '@clientele/shared/time';

/** A purchase net of returns; it counts from the moment it was made. */
export interface CountedPurchase {
  readonly at: Instant;
  readonly currency: string;
  /** Minor units. */
  readonly amount: number;
  readonly points: number;
}

/** The ladder that holds from a moment until the next one's. */
export interface LadderSince {
  readonly from: Instant;
  readonly ladder: TierLadder;
}

export interface TierFacts {
  readonly purchases: readonly CountedPurchase[];
  /** Of every version of the program, also those to come, oldest first. */
  readonly ladders: readonly LadderSince[];
  /** Tier set by hand below which the shopper never falls; a code no ladder has means nothing. */
  readonly floor: string | null;
}

export interface TierStanding {
  readonly tier: string | null;
  /** When it began; null: it always was so, or it is the floor's. */
  readonly since: Instant | null;
  /** When and to what it changes if nothing more is bought; null: never. */
  readonly next: { readonly at: Instant; readonly tier: string | null } | null;
  /** What counts at the moment asked about, by the ladder that holds then. */
  readonly progress: Progress;
}

export interface Progress {
  /** Minor units by currency. */
  readonly spent: ReadonlyMap<string, number>;
  readonly points: number;
}

/**
 * A shopper's tier at a moment, from nothing but what was bought and the rules that held: whoever counts again gets the
 * same. A level is reached when the purchases of its window carry it, and kept `keepDays` from then on (null: for ever)
 * even when they carry it no longer. Returns take a purchase out of the past, so a tier bought and brought back was
 * never reached.
 */
export function tierAt({ purchases, ladders, floor }: TierFacts, now: Instant): TierStanding {
  const steps = stepsOf(purchases, ladders);
  const walk = new Walk(floor);
  let since: Instant | null = null;
  let place = 0;
  let tier = walk.tier;
  let asked: { tier: string | null; since: Instant | null; progress: Progress } | null = null;
  for (;;) {
    const step = steps[place];
    const at = earlier(step?.at ?? null, walk.keptUntil());
    if (asked === null && (at === null || at > now)) {
      asked = { tier, since: tier === floor && !walk.holds(tier) ? null : since, progress: walk.progress() };
    }
    if (at === null) break;
    for (; steps[place]?.at === at; place += 1) steps[place]?.take(walk);
    walk.comeTo(at);
    if (walk.tier === tier) continue;
    if (asked !== null) return { ...asked, next: { at, tier: walk.tier } };
    tier = walk.tier;
    since = at;
  }
  if (asked === null) throw new Error('nothing was asked');
  return { ...asked, next: null };
}

interface Step {
  readonly at: Instant;
  take(walk: Walk): void;
}

function stepsOf(purchases: readonly CountedPurchase[], ladders: readonly LadderSince[]): Step[] {
  return [
    ...ladders.map(({ from, ladder }) => ({ at: from, take: (walk: Walk) => walk.change(ladder) })),
    ...purchases.map((bought) => ({ at: bought.at, take: (walk: Walk) => walk.add(bought) })),
    ...purchases.map((bought) => ({ at: yearAfter(bought.at), take: (walk: Walk) => walk.forget(bought) })),
  ].toSorted((one, other) => one.at - other.at);
}

/** The same date and time of the next year; of 29 February the day after it. */
export function yearAfter(at: Instant): Instant {
  const date = new Date(at);
  return date.setUTCFullYear(date.getUTCFullYear() + 1);
}

function earlier(one: Instant | null, other: Instant | null): Instant | null {
  if (one === null || other === null) return one ?? other;
  return Math.min(one, other);
}

const NO_LADDER: TierLadder = { basis: 'SPEND', window: 'ALL', keepDays: null, levels: [] };

/** Goes through the life of a shopper, moment by moment. */
class Walk {
  tier: string | null = null;
  readonly #floor: string | null;
  #ladder = NO_LADDER;
  readonly #ever = new Sums();
  readonly #lastYear = new Sums();
  /** When each level was reached that is or was carried; it is still carried where `#carried` has it. */
  readonly #reached = new Map<string, Instant>();
  #carried = new Set<string>();
  #now: Instant = Number.NEGATIVE_INFINITY;

  constructor(floor: string | null) {
    this.#floor = floor;
  }

  change(ladder: TierLadder): void {
    this.#ladder = ladder;
  }

  add(bought: CountedPurchase): void {
    this.#ever.add(bought, 1);
    this.#lastYear.add(bought, 1);
  }

  forget(bought: CountedPurchase): void {
    this.#lastYear.add(bought, -1);
  }

  progress(): Progress {
    return this.#sums().copy();
  }

  /** Everything that happens at this moment has been taken. */
  comeTo(at: Instant): void {
    this.#now = at;
    const { levels } = this.#ladder;
    const sums = this.#sums();
    const highest = levels.findLastIndex((level) => isCarried(level, this.#ladder, sums));
    const carried = new Set(levels.slice(0, highest + 1).map(({ code }) => code));
    for (const code of carried) if (!this.#carried.has(code)) this.#reached.set(code, at);
    this.#carried = carried;
    this.tier = levels.findLast(({ code }) => code === this.#floor || this.holds(code))?.code ?? null;
  }

  /** Whether a level is carried or kept, floor aside. */
  holds(code: string | null): boolean {
    if (code === null) return false;
    if (this.#carried.has(code)) return true;
    const until = this.#keptUntil(code);
    return until !== null && this.#now < until;
  }

  /** The next moment at which a level that is only kept is lost; null: none is. */
  keptUntil(): Instant | null {
    const ends = this.#ladder.levels.flatMap(({ code }) => {
      const until = this.#carried.has(code) ? null : this.#keptUntil(code);
      return until !== null && until > this.#now && Number.isFinite(until) ? [until] : [];
    });
    return ends.length === 0 ? null : Math.min(...ends);
  }

  #keptUntil(code: string): Instant | null {
    const reached = this.#reached.get(code);
    if (reached === undefined) return null;
    const { keepDays } = this.#ladder;
    return keepDays === null ? Number.POSITIVE_INFINITY : addDays(reached, keepDays);
  }

  #sums(): Sums {
    return this.#ladder.window === 'ALL' ? this.#ever : this.#lastYear;
  }
}

/** A currency a level does not name counts nothing towards it; a level that names none is for floors only. */
function isCarried(level: TierLevel, { basis }: TierLadder, { spent, points }: Progress): boolean {
  if (basis === 'POINTS') return points >= level.fromPoints;
  return Object.entries(level.from).some(([currency, from]) => (spent.get(currency) ?? 0) >= from);
}

class Sums {
  readonly spent: Map<string, number>;
  points: number;

  constructor(spent = new Map<string, number>(), points = 0) {
    this.spent = spent;
    this.points = points;
  }

  add({ currency, amount, points }: CountedPurchase, sign: 1 | -1): void {
    this.spent.set(currency, (this.spent.get(currency) ?? 0) + sign * amount);
    this.points += sign * points;
  }

  copy(): Progress {
    return { spent: new Map(this.spent), points: this.points };
  }
}
