import type { Context } from '../context.ts';

export type TaskState = 'QUEUED' | 'RUNNING' | 'DONE' | 'FAILED' | 'CANCELLED';

export interface TaskResult {
  /** Shown when it is done: counts and ids, never a contact. */
  result?: Record<string, unknown>;
  /** Of `keepFile`. */
  fileId?: string;
}

/** @param total null while it is not known. Cheap: written at most four times a second. */
export type Report = (done: number, total: number | null) => void;

/** What runs in the background where people see it. One line a kind in `reactions.ts`. */
export interface TaskKind {
  /** `imports.run`, `exchange.replay` … */
  kind: string;
  /** Who besides its starter may see and cancel it. */
  scope: string;
  /**
   * Does the work with its starter's rights. It may be cut off anywhere and run again from the start: doing it twice
   * changes nothing more. It stops soon after the signal, which means cancelled or that the server stops.
   * @throws DomainError, RequestError: shown with code and words; anything else is a bug and logged
   */
  run(
    ctx: Context,
    facts: Record<string, unknown>,
    report: Report,
    signal: AbortSignal,
    task: { id: string },
  ): Promise<TaskResult | void>;
}
