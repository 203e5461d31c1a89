import { expect, test } from 'vitest';
import { searchProducts, tillQuery } from './documents/index.ts';
import { TransportFailure, createSend } from './transport.ts';
import type { Send } from './transport.ts';

interface Sent {
  body: { query?: string; extensions?: unknown; variables?: unknown };
  headers: Record<string, string>;
}
type Reply = (() => Response) | 'network down';

const json =
  (body: unknown, status = 200): (() => Response) =>
  () =>
    new Response(JSON.stringify(body), {
      status,
      headers: { 'content-type': 'application/graphql-response+json' },
    });

/** A transport over a network that answers with the given replies, one after another. */
function aSend(
  replies: Reply[],
  hash: string | null = 'abc',
): { send: Send; sent: Sent[]; pauses: number[] } {
  const sent: Sent[] = [];
  const pauses: number[] = [];
  const send = createSend({
    endpoint: '/graphql',
    hashOf: () => hash,
    pause: async (ms) => void pauses.push(ms),
    timeout: () => new AbortController().signal,
    fetch: async (_url, init) => {
      sent.push({
        body: JSON.parse(String(init?.body)) as Sent['body'],
        headers: init?.headers as Record<string, string>,
      });
      const reply = replies.shift();
      if (reply === undefined || reply === 'network down') throw new TypeError('fetch failed');
      return reply();
    },
  });
  return { send, sent, pauses };
}

const quick = { token: 'tok', timeoutMs: 1000 };
const fine = json({ data: { till: null } });

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => null,
    (cause: unknown) => (cause instanceof TransportFailure ? cause.failure : cause),
  );
}

test('a built till sends the hash of its document and its token', async () => {
  const { send, sent } = aSend([fine]);
  expect(await send(tillQuery, {}, quick)).toEqual({ till: null });
  expect(sent[0]?.body).toEqual({
    operationName: 'Till',
    variables: {},
    extensions: { persistedQuery: { version: 1, sha256Hash: 'abc' } },
  });
  expect(sent[0]?.headers['authorization']).toBe('Bearer tok');
});

test('in development the text itself is sent', async () => {
  const { send, sent } = aSend([fine], null);
  await send(tillQuery, {}, { ...quick, token: null });
  expect(sent[0]?.body.query).toContain('query Till');
  expect(sent[0]?.headers['authorization']).toBeUndefined();
});

test('a server that does not know the hash is told the text; one that takes no text makes the till outdated', async () => {
  const unknown = json({ errors: [{ message: 'x', extensions: { code: 'BAD_REQUEST' } }] }, 400);
  const demo = aSend([unknown, fine]);
  expect(await demo.send(tillQuery, {}, quick)).toEqual({ till: null });
  expect(demo.sent[1]?.body.query).toContain('query Till');
  const forbidden = json({ errors: [{ message: 'x', extensions: { code: 'FORBIDDEN' } }] }, 403);
  const strict = aSend([unknown, forbidden]);
  expect(await failureOf(strict.send(tillQuery, {}, quick))).toMatchObject({ reason: 'OUTDATED' });
});

test('a keyed request is repeated with the same body after each pause', async () => {
  const { send, sent, pauses } = aSend([
    'network down',
    json({ errors: [{ extensions: { code: 'BUSY' } }] }),
    fine,
  ]);
  await send(searchProducts, { search: 'x', first: 6 }, { ...quick, pausesMs: [300, 1000] });
  expect(pauses).toEqual([300, 1000]);
  expect(sent.map((one) => one.body)).toEqual([sent[0]?.body, sent[0]?.body, sent[0]?.body]);
});

test('what has no key is sent once', async () => {
  const { send, sent } = aSend(['network down', fine]);
  expect(await failureOf(send(tillQuery, {}, quick))).toMatchObject({ reason: 'OFFLINE' });
  expect(sent).toHaveLength(1);
});

test('an aborted request is a time-out', async () => {
  const send = createSend({
    endpoint: '/graphql',
    hashOf: () => null,
    pause: async () => undefined,
    timeout: () => AbortSignal.abort(),
    fetch: async () => {
      throw new DOMException('aborted', 'AbortError');
    },
  });
  expect(await failureOf(send(tillQuery, {}, quick))).toMatchObject({ reason: 'TIMEOUT' });
});

test.each([
  ['UNAUTHENTICATED', 'SESSION_OVER'],
  ['FORBIDDEN', 'FORBIDDEN'],
  ['RATE_LIMITED', 'RATE_LIMITED'],
  ['BUSY', 'BUSY'],
  ['UNAVAILABLE', 'BUSY'],
  ['INTERNAL', 'INTERNAL'],
  ['SOMETHING_NEW', 'INTERNAL'],
])('the error %s is %s, with its number and pause', async (code, reason) => {
  const { send } = aSend(
    [json({ errors: [{ extensions: { code, errorId: 'E-1', retryAfterMs: 500 } }] })],
    null,
  );
  expect(await failureOf(send(tillQuery, {}, quick))).toEqual({ reason, errorId: 'E-1', retryAfterMs: 500 });
});

test('a proxy that answers for an absent server means busy', async () => {
  const page = new Response('<html>', { status: 502, headers: { 'content-type': 'text/html' } });
  const { send } = aSend([() => page]);
  expect(await failureOf(send(tillQuery, {}, quick))).toMatchObject({ reason: 'BUSY' });
});
