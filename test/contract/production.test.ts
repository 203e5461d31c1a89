import { expect, test } from 'vitest';
import { send, useServer } from './server.ts';

const server = useServer({ mode: 'production' });

test('a stranger cannot look at the schema, nor ask a document of his own', async () => {
  const { codes, data } = await server.post({ query: '{ __schema { types { name } } }' });
  expect(codes).toEqual(['FORBIDDEN']);
  expect(data ?? null).toBeNull();
  expect((await server.post({ query: '{ __typename }' })).codes).toEqual(['FORBIDDEN']);
});

test('a document nobody was built with is not known', async () => {
  const persistedQuery = { version: 1, sha256Hash: 'f'.repeat(64) };
  expect((await server.post({ extensions: { persistedQuery } })).codes).toEqual(['BAD_REQUEST']);
});

test('there is no GraphiQL, no outbox and no demo clock', async () => {
  const graphiql = await send(`${server.url}/graphql`, { headers: { accept: 'text/html' } });
  expect(graphiql.text).not.toMatch(/graphiql/i);
  for (const path of ['/outbox', '/outbox.json']) expect((await send(server.url + path)).status).toBe(404);
});
