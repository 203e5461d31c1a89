import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors';
import { expect, test } from 'vitest';
import { failureOf, noteRequest } from './failure.ts';

function answered(code: string, extensions: Record<string, string> = {}): CombinedGraphQLErrors {
  return new CombinedGraphQLErrors({
    data: null,
    errors: [{ message: 'No.', extensions: { code, ...extensions } }],
  });
}

function refused(status: number, body: string): ServerError {
  const response = new Response(body, { status, headers: { 'x-request-id': 'r-1' } });
  return new ServerError('No.', { response, bodyText: body });
}

test.each([
  [answered('UNAUTHENTICATED'), 'SIGNED_OUT'],
  [answered('RATE_LIMITED'), 'RATE_LIMITED'],
  [answered('CURSOR_EXPIRED'), 'OUTDATED'],
  [answered('SOMETHING_NEW'), 'INTERNAL'],
  [refused(503, ''), 'BUSY'],
  [refused(400, '{"errors":[{"extensions":{"code":"FORBIDDEN"}}]}'), 'FORBIDDEN'],
  [new TypeError('Failed to fetch'), 'OFFLINE'],
  [new Error('a bug'), 'INTERNAL'],
])('%s is %s', (error, kind) => {
  expect(failureOf(error).kind).toBe(kind);
});

test('the id a person reads out: of the error, else of its request', () => {
  expect(failureOf(answered('INTERNAL', { errorId: 'e-1' })).requestId).toBe('e-1');
  const error = answered('INTERNAL');
  noteRequest(error, 'r-7');
  expect(failureOf(error).requestId).toBe('r-7');
  expect(failureOf(refused(500, '')).requestId).toBe('r-1');
  expect(failureOf(new TypeError('Failed to fetch')).requestId).toBeNull();
});
