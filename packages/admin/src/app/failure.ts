import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors';

/** Why there is no answer at all; words for each are `failures.<kind>`. */
export type FailureKind =
  | 'OFFLINE'
  | 'SIGNED_OUT'
  | 'FORBIDDEN'
  | 'RATE_LIMITED'
  | 'BUSY'
  | 'OUTDATED'
  | 'INTERNAL';

export interface Failure {
  kind: FailureKind;
  /** What a person reads to support: of the error, else of the request; null where none reached the server. */
  requestId: string | null;
  /** English, for the one who reports it. */
  message: string;
}

const BY_CODE: Record<string, FailureKind> = {
  UNAUTHENTICATED: 'SIGNED_OUT',
  FORBIDDEN: 'FORBIDDEN',
  RATE_LIMITED: 'RATE_LIMITED',
  BUSY: 'BUSY',
  UNAVAILABLE: 'BUSY',
  CURSOR_EXPIRED: 'OUTDATED',
  BAD_REQUEST: 'OUTDATED',
};

const BY_STATUS: Record<number, FailureKind> = {
  401: 'SIGNED_OUT',
  403: 'FORBIDDEN',
  429: 'RATE_LIMITED',
  502: 'BUSY',
  503: 'BUSY',
  504: 'BUSY',
};

const requestIds = new WeakMap<object, string>();

/** Remembers which request an error answered; the link that saw the response calls it. */
export function noteRequest(error: object, requestId: string | null): void {
  if (requestId !== null) requestIds.set(error, requestId);
}

export function failureOf(error: unknown): Failure {
  const requestId = (typeof error === 'object' && error !== null && requestIds.get(error)) || null;
  if (CombinedGraphQLErrors.is(error)) {
    const [first] = error.errors;
    const { code, errorId } = first?.extensions ?? {};
    const kind = BY_CODE[String(code)] ?? 'INTERNAL';
    const id = typeof errorId === 'string' ? errorId : requestId;
    return { kind, requestId: id, message: first?.message ?? error.message };
  }
  if (ServerError.is(error)) {
    const id = error.response.headers.get('x-request-id') ?? requestId;
    return {
      kind: codeInBody(error.bodyText) ?? BY_STATUS[error.statusCode] ?? 'INTERNAL',
      requestId: id,
      message: error.message,
    };
  }
  const message = error instanceof Error ? error.message : String(error);
  // Browsers tell a lost network as a TypeError of fetch, and nothing more.
  return { kind: error instanceof TypeError ? 'OFFLINE' : 'INTERNAL', requestId, message };
}

/** Refused before GraphQL: the body still names the code. */
function codeInBody(text: string): FailureKind | undefined {
  return BY_CODE[/"code"\s*:\s*"([A-Z_]+)"/.exec(text)?.[1] ?? ''];
}
