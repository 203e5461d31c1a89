import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { translateDatabaseError, RefusedInSql } from '../../platform/database/call-function.ts';
import { newId } from '../../platform/ids.ts';
import { ledgerViolations, LedgerOf, useTestDatabase } from '../../testing/loyalty.builders.ts';

const db = useTestDatabase();
const START = Date.parse('2026-11-22T09:00:00Z');
const HOUR = 3_600_000;
const PEOPLE = 3;

const step = fc.record({
  what: fc.constantFrom(
    'EARN',
    'EARN',
    'SPEND',
    'SPEND',
    'RESTORE',
    'CLAWBACK',
    'ADJUST',
    'MERGE',
    'MERGE',
    'UNDO',
    'UNDO',
  ),
  person: fc.nat(PEOPLE - 1),
  other: fc.nat(PEOPLE - 1),
  order: fc.nat(3),
  points: fc.integer({ min: 1, max: 120 }),
  hours: fc.nat(30),
  life: fc.option(fc.integer({ min: 1, max: 60 })),
});

interface Order {
  id: string;
  spent: number;
  /** An order is spent on once. */
  committed: boolean;
  earned: number;
}

interface Merge {
  from: number;
  into: number;
  facts: unknown;
  orders: Set<Order>;
  /** What is the other's: what it brought and what its own purchases did since. */
  due: number;
}

/** The lives of a few people who are taken for one another and told apart again. */
class Play {
  readonly program = newId();
  readonly people = Array.from({ length: PEOPLE }, () => new LedgerOf(db.sql, newId(), this.program));
  readonly orders = this.people.map(() => new Set<Order>());
  readonly merges: Merge[] = [];
  now = START;

  get at(): string {
    return new Date(this.now).toISOString();
  }

  root(person: number): number {
    const merge = this.merges.find(({ from }) => from === person);
    return merge === undefined ? person : this.root(merge.into);
  }

  ledger(person: number): LedgerOf {
    const ledger = this.people[person];
    if (ledger === undefined) throw new Error(`nobody is ${person}`);
    return ledger;
  }

  order(person: number, place: number): Order {
    const known = [...(this.orders[person] ?? [])];
    const order = known[place] ?? { id: newId(), spent: 0, committed: false, earned: 0 };
    this.orders[person]?.add(order);
    return order;
  }

  async total(person: number): Promise<number> {
    const { active, pending, held, debt } = await this.ledger(person).bringTo(this.at);
    return active + pending + held + debt;
  }

  /** Does something to one order's points; whose they are follows the order. */
  async change(person: number, order: Order, work: (ledger: LedgerOf) => Promise<unknown>): Promise<void> {
    const before = await this.total(person);
    await work(this.ledger(person));
    const changed = (await this.total(person)) - before;
    for (const merge of this.merges) if (merge.orders.has(order)) merge.due += changed;
  }

  async merge(from: number, into: number): Promise<void> {
    const [total, kept] = [await this.total(from), await this.total(into)];
    const facts = await this.ledger(from).mergeInto(this.ledger(into).profileId, this.at);
    const orders = new Set(this.orders[from]);
    this.merges.push({ from, into, facts, orders, due: total });
    for (const order of orders) this.orders[into]?.add(order);
    this.orders[from]?.clear();
    expect(await this.total(into)).toBe(total + kept);
  }

  /** The latest merge of one survivor. @returns false where there is none */
  async undo(survivor: number, exactly: boolean): Promise<void> {
    const merge = this.merges.findLast(({ into }) => into === survivor);
    if (merge === undefined) return;
    const before = await this.total(survivor);
    const other = this.ledger(merge.from);
    const back = { facts: merge.facts, orders: [...merge.orders].map(({ id }) => id) };
    const refusal = await refusalOf(other.takeBack(this.ledger(survivor).profileId, back, this.at));
    if (refusal !== null) {
      expect(refusal.code).toBe('PointsSpentSinceMerge');
      expect(refusal.facts['spent']).toBeGreaterThan(Number(refusal.facts['available']));
      expect(await this.total(survivor)).toBe(before);
      await other.takeBack(this.ledger(survivor).profileId, { ...back, whatRemains: true }, this.at);
    }
    this.merges.splice(this.merges.indexOf(merge), 1);
    for (const order of merge.orders) this.orders[survivor]?.delete(order);
    for (const order of merge.orders) this.orders[merge.from]?.add(order);
    const [own, kept] = [await this.total(merge.from), await this.total(survivor)];
    expect(own + kept).toBe(before);
    if (exactly && refusal === null) expect(own).toBe(merge.due);
    if (exactly && refusal !== null) expect(own).toBeLessThan(merge.due);
  }

  async play(
    wish: typeof step extends fc.Arbitrary<infer Step> ? Step : never,
    exactly: boolean,
  ): Promise<void> {
    const person = this.root(wish.person);
    const order = this.order(person, wish.order);
    const { points } = wish;
    switch (wish.what) {
      case 'EARN': {
        const activateAt = this.now + (wish.hours % 3) * 12 * HOUR;
        const expireAt =
          wish.life === null || exactly ? null : new Date(activateAt + wish.life * HOUR).toISOString();
        await this.change(person, order, (ledger) =>
          ledger.earn({
            points,
            now: this.at,
            activateAt: new Date(activateAt).toISOString(),
            expireAt,
            order: order.id,
          }),
        );
        order.earned += points;
        return;
      }
      case 'SPEND':
        if (order.committed) return;
        await this.change(person, order, (ledger) => ledger.commit(order.id, points, this.at));
        Object.assign(order, { spent: points, committed: true });
        return;
      case 'RESTORE': {
        const back = Math.min(points, order.spent);
        if (back === 0) return;
        await this.change(person, order, (ledger) => ledger.restore(order.id, back, this.at));
        order.spent -= back;
        return;
      }
      case 'CLAWBACK': {
        const back = Math.min(points, order.earned);
        if (back === 0) return;
        await this.change(person, order, (ledger) => ledger.clawBack(order.id, back, this.at));
        order.earned -= back;
        return;
      }
      case 'ADJUST':
        await this.ledger(person).adjust(wish.hours % 2 === 0 ? points : -points, this.at, true);
        return;
      case 'MERGE': {
        const into = this.root(wish.other);
        if (into !== person) await this.merge(person, into);
        return;
      }
      case 'UNDO':
        await this.undo(person, exactly);
        return;
    }
  }
}

async function refusalOf(work: Promise<unknown>): Promise<RefusedInSql | null> {
  try {
    await work;
    return null;
  } catch (error) {
    const translated = translateDatabaseError(error);
    if (translated instanceof RefusedInSql) return translated;
    throw error;
  }
}

async function plays(exactly: boolean, numRuns: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 35 }), async (wishes) => {
      const play = new Play();
      for (const wish of wishes) {
        play.now += wish.hours * HOUR;
        await play.play(wish, exactly);
      }
      expect(await ledgerViolations(db.sql)).toEqual([]);
    }),
    { numRuns, endOnFailure: true },
  );
}

it(
  'points that never expire: after any life together everybody has what is theirs',
  () => plays(true, 40),
  120_000,
);

it('points that expire: whatever happens, nothing is lost and I1–I8 hold', () => plays(false, 40), 120_000);
