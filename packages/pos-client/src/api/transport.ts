import type { TadaDocumentNode } from 'gql.tada';
import type { Failure, FailureReason } from '../till-flow/answers.ts';

/** The request has no answer; what may be done is in `failure.reason`. */
export class TransportFailure extends Error {
  readonly failure: Failure;
  constructor(reason: FailureReason, errorId: string | null = null, retryAfterMs: number | null = null) {
    super(reason);
    this.name = 'TransportFailure';
    this.failure = { reason, errorId, retryAfterMs };
  }
}

export interface TransportParts {
  /** URL of the GraphQL endpoint, same origin. */
  endpoint: string;
  fetch: typeof fetch;
  /** Hash the build has written for an operation; null outside a build, where the text itself is sent. */
  hashOf: (operation: string) => string | null;
  /** Resolves after so many milliseconds. */
  pause: (ms: number) => Promise<void>;
  /** Aborts after so many milliseconds. */
  timeout: (ms: number) => AbortSignal;
}

export interface Sending {
  token: string | null;
  timeoutMs: number;
  /** Pauses between further tries of a request that is safe to repeat (it carries its own key, or only reads). */
  pausesMs?: readonly number[];
}

export type Send = <Result, Variables>(
  document: TadaDocumentNode<Result, Variables>,
  variables: Variables,
  sending: Sending,
) => Promise<Result>;

interface ServerError {
  extensions?: { code?: unknown; errorId?: unknown; retryAfterMs?: unknown };
}
interface Body {
  data?: unknown;
  errors?: ServerError[];
}

const WORTH_A_TRY: readonly FailureReason[] = ['OFFLINE', 'TIMEOUT', 'BUSY'];
/** How a server says that it does not know the document's hash. */
const NOT_KNOWN: readonly unknown[] = ['PERSISTED_QUERY_NOT_FOUND', 'BAD_REQUEST'];

/**
 * Posts operations and repeats the safe ones with the same body, so with the same keys.
 * A built till sends the hash of its document; a server that does not know it is told the text once more, which
 * only a server in demo mode takes.
 * @throws TransportFailure
 */
export function createSend(parts: TransportParts): Send {
  return async (document, variables, sending) => {
    // A document is its text at run time, see graphql.ts.
    const text = document as unknown as string;
    const pauses = [...(sending.pausesMs ?? [])];
    for (;;) {
      try {
        // The schema's types were checked against the committed schema when the till was built.
        return (await attempt(parts, text, variables, sending)) as never;
      } catch (cause) {
        const pause = pauses.shift();
        if (pause === undefined || !isWorthATry(cause)) throw cause;
        await parts.pause(pause);
      }
    }
  };
}

function isWorthATry(cause: unknown): boolean {
  return cause instanceof TransportFailure && WORTH_A_TRY.includes(cause.failure.reason);
}

async function attempt(
  parts: TransportParts,
  text: string,
  variables: unknown,
  sending: Sending,
): Promise<unknown> {
  const operationName = /(?:query|mutation) (\w+)/.exec(text)?.[1] ?? '';
  const hash = parts.hashOf(operationName);
  const persisted = hash && { extensions: { persistedQuery: { version: 1, sha256Hash: hash } } };
  const byHash = { operationName, variables, ...(persisted ?? { query: text }) };
  const answer = await post(parts, byHash, sending);
  if (!persisted || !isRefusedAs(answer, NOT_KNOWN)) return dataOf(answer);
  const byText = await post(parts, { ...byHash, query: text }, sending);
  if (isRefusedAs(byText, [...NOT_KNOWN, 'FORBIDDEN'])) throw new TransportFailure('OUTDATED');
  return dataOf(byText);
}

async function post(parts: TransportParts, body: object, sending: Sending): Promise<Body> {
  const signal = parts.timeout(sending.timeoutMs);
  let response: Response;
  try {
    response = await parts.fetch(parts.endpoint, {
      method: 'POST',
      signal,
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json',
        ...(sending.token === null ? {} : { authorization: `Bearer ${sending.token}` }),
      },
      body: JSON.stringify(body),
    });
    return await bodyOf(response);
  } catch (cause) {
    if (cause instanceof TransportFailure) throw cause;
    throw new TransportFailure(signal.aborted ? 'TIMEOUT' : 'OFFLINE');
  }
}

async function bodyOf(response: Response): Promise<Body> {
  const text = await response.text();
  const json = response.headers.get('content-type')?.includes('json') === true;
  if (json) return JSON.parse(text) as Body;
  if (response.status === 401) throw new TransportFailure('SESSION_OVER');
  // A proxy answers for a server that is away.
  throw new TransportFailure(response.status >= 502 && response.status <= 504 ? 'BUSY' : 'INTERNAL');
}

function isRefusedAs(body: Body, codes: readonly unknown[]): boolean {
  return body.data == null && body.errors?.some((error) => codes.includes(error.extensions?.code)) === true;
}

function dataOf(body: Body): unknown {
  const error = body.errors?.[0];
  if (error === undefined) return body.data;
  const { code, errorId, retryAfterMs } = error.extensions ?? {};
  throw new TransportFailure(
    reasonOf(code),
    typeof errorId === 'string' ? errorId : null,
    typeof retryAfterMs === 'number' ? retryAfterMs : null,
  );
}

function reasonOf(code: unknown): FailureReason {
  switch (code) {
    case 'UNAUTHENTICATED':
      return 'SESSION_OVER';
    case 'FORBIDDEN':
    case 'RATE_LIMITED':
      return code;
    case 'BUSY':
    case 'UNAVAILABLE':
      return 'BUSY';
    default:
      return 'INTERNAL';
  }
}
