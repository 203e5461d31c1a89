/** What was written, step by step: the present, what is before it and what was taken back. */
export interface EditHistory<Value> {
  readonly past: readonly Value[];
  readonly present: Value;
  readonly future: readonly Value[];
  /** Where and when the present was written: what follows at once at the same place is one step with it. */
  readonly at: number;
  readonly place: string;
}

/** Typing at one place within this time is one step. */
const ONE_STEP_MS = 1_500;
const MOST_STEPS = 100;

export function beginHistory<Value>(present: Value): EditHistory<Value> {
  return { past: [], present, future: [], at: -Infinity, place: '' };
}

/** @param now milliseconds, only ever growing */
export function written<Value>(
  history: EditHistory<Value>,
  present: Value,
  { place, now }: { place: string; now: number },
): EditHistory<Value> {
  const goesOn = history.place === place && now - history.at < ONE_STEP_MS;
  const past = goesOn ? history.past : [...history.past, history.present].slice(-MOST_STEPS);
  return { past, present, future: [], at: now, place };
}

export function undone<Value>(history: EditHistory<Value>): EditHistory<Value> {
  const before = history.past.at(-1);
  if (before === undefined) return history;
  return {
    past: history.past.slice(0, -1),
    present: before,
    future: [history.present, ...history.future],
    at: -Infinity,
    place: '',
  };
}

export function redone<Value>(history: EditHistory<Value>): EditHistory<Value> {
  const [next, ...future] = history.future;
  if (next === undefined) return history;
  return { past: [...history.past, history.present], present: next, future, at: -Infinity, place: '' };
}
