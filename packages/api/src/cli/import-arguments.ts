export interface ImportArguments {
  readonly what: string;
  readonly path: string;
  readonly source: string;
  readonly map: string | undefined;
  readonly errorFile: string;
  readonly dryRun: boolean;
  /** What relative paths are meant from. */
  readonly cwd: string;
}

export interface Progress {
  show(phase: string, done: number, of: number): void;
  stop(): void;
}
