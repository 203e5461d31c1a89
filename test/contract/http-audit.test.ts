import { auditServer } from 'graphql-http';
import { expect, test } from 'vitest';
import { useServer } from './server.ts';

const server = useServer();

test('all 61 audits of GraphQL over HTTP pass', async () => {
  const results = await auditServer({ url: `${server.url}/graphql` });
  const failed = results.filter(({ status }) => status !== 'ok');
  expect(failed.map(({ id, name, status }) => ({ id, name, status }))).toEqual([]);
  expect(results).toHaveLength(61);
});
