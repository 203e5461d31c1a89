/** A file that cannot be read at all; the message says what is wrong with it. Nothing of it was stored. */
export class UnreadableFile extends Error {}

/** A mapping that cannot be used, or does not fit the file; the message says what to change. */
export class UnusableMapping extends Error {}

/** Two imports of one source at once would judge by what the other is about to change. */
export class ImportRunning extends Error {
  constructor(source: string) {
    super(`another import of ${source} is running`);
  }
}
