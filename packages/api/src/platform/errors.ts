/**
 * An expected refusal that a person must decide about. Use cases throw it (throwing rolls their transaction back),
 * the GraphQL field lists it in its union, clients make the words from `code` and the typed facts.
 */
export abstract class DomainError extends Error {
  /** Equals the GraphQL type's name. */
  get code(): string {
    return this.constructor.name;
  }
}

export type InputProblemCode =
  | 'REQUIRED'
  | 'FORMAT'
  | 'RANGE'
  | 'TOO_MANY'
  | 'UNKNOWN'
  | 'DUPLICATE'
  | 'MISMATCH'
  | 'ERASED';

export interface InputProblem {
  /** From the argument inwards: `['draft', 'lines', '0', 'quantity']`. */
  path: string[];
  code: InputProblemCode;
  message: string;
}

/** The input cannot be what the caller meant; nothing was changed. */
export class InvalidInput extends DomainError {
  readonly problems: readonly InputProblem[];

  constructor(problems: readonly InputProblem[]) {
    super(problems.map((problem) => `${problem.path.join('.')}: ${problem.message}`).join('; '));
    this.problems = problems;
  }
}

export function invalid(path: string, code: InputProblemCode, message: string): InvalidInput {
  return new InvalidInput([{ path: path.split('.'), code, message }]);
}

/** The same key was used before for other content. */
export class IdempotencyConflict extends DomainError {
  constructor() {
    super('This requestId was used before for another request.');
  }
}

/**
 * Somebody else changed it since the caller read it; nothing was changed. The page reads it anew and shows the
 * difference.
 */
export class VersionConflict extends DomainError {
  /** As it stands now. */
  readonly version: number;
  /** Name of who changed it; null where that is nobody to name. */
  readonly changedBy: string | null;
  readonly changedAt: Date | null;

  constructor(now: { version: number; changedBy?: string | null; changedAt?: Date | null }) {
    super('Somebody else changed this meanwhile.');
    this.version = now.version;
    this.changedBy = now.changedBy ?? null;
    this.changedAt = now.changedAt ?? null;
  }
}

export type RequestErrorCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'RATE_LIMITED'
  | 'BUSY'
  | 'UNAVAILABLE'
  | 'CURSOR_EXPIRED'
  | 'BAD_REQUEST';

/** A top-level error: the same request may work later, or the calling program is wrong. Nothing was written. */
export class RequestError extends Error {
  readonly code: RequestErrorCode;
  readonly retryAfterMs: number | undefined;

  constructor(code: RequestErrorCode, message: string, retryAfterMs?: number) {
    super(message);
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}
