/** A rest between two turns of work, which somebody may end early. */
export interface Rest {
  rest: (milliseconds: number) => Promise<void>;
  /** Nothing where nobody rests. */
  wake: () => void;
}

export function newRest(): Rest {
  let end: (() => void) | null = null;
  return {
    rest: (milliseconds) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        end = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
    wake: () => end?.(),
  };
}
