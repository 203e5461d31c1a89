export interface Overlap {
  readonly first: number;
  readonly second: number;
  readonly both: number;
  readonly onlyFirst: number;
  readonly onlySecond: number;
}

export interface Part {
  readonly name: 'first' | 'second' | 'both' | 'onlyFirst' | 'onlySecond';
  readonly people: number;
  /** null: it is no part of it, or nobody is in it. */
  readonly ofFirst: number | null;
  readonly ofSecond: number | null;
  /** The list of customers that shows them; null: no such list. */
  readonly query: { readonly segment: string; readonly notSegment?: string } | null;
}

/** The parts two segments make, with the list of each. Who is in both has a list of its own only within one of them. */
export function partsOf(overlap: Overlap, first: string, second: string): Part[] {
  const [ofFirst, ofSecond] = [
    (people: number): number | null => shareOf(people, overlap.first),
    (people: number): number | null => shareOf(people, overlap.second),
  ];
  return [
    {
      name: 'first',
      people: overlap.first,
      ofFirst: ofFirst(overlap.first),
      ofSecond: null,
      query: { segment: first },
    },
    {
      name: 'second',
      people: overlap.second,
      ofFirst: null,
      ofSecond: ofSecond(overlap.second),
      query: { segment: second },
    },
    {
      name: 'both',
      people: overlap.both,
      ofFirst: ofFirst(overlap.both),
      ofSecond: ofSecond(overlap.both),
      query: null,
    },
    {
      name: 'onlyFirst',
      people: overlap.onlyFirst,
      ofFirst: ofFirst(overlap.onlyFirst),
      ofSecond: null,
      query: { segment: first, notSegment: second },
    },
    {
      name: 'onlySecond',
      people: overlap.onlySecond,
      ofFirst: null,
      ofSecond: ofSecond(overlap.onlySecond),
      query: { segment: second, notSegment: first },
    },
  ];
}

function shareOf(people: number, whole: number): number | null {
  return whole === 0 ? null : people / whole;
}
