/** What undoing did; every figure counts people, goods, rows or events. */
export interface Undone {
  /** Made by the run and gone again. */
  removed: number;
  /** Known before the run and as they were again. */
  restored: number;
  /** Left as they are, by reason: `USED` bought or did something since, `CHANGED` somebody changed them since,
   * `SPENT` some of the points are gone, `CONSENTS` answers stay on record. */
  kept: Record<string, number>;
}

export interface Telling {
  readonly undone: Undone;
  readonly keep: (reason: string, count: number) => void;
  readonly onProgress: () => void;
  readonly signal: AbortSignal | undefined;
}
