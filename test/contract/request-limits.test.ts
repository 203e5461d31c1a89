import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { MAX_BODY_BYTES } from '@clientele/api/src/platform/graphql/limits.ts';
import { send, useServer } from './server.ts';

const server = useServer();

const repeat = (count: number, piece: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => piece(index)).join(' ');

test('a document that asks too much of the server is refused before anything runs', async () => {
  const documents = {
    '500 aliases': `{ ${repeat(500, (index) => `a${index}: __typename`)} }`,
    '1,000 directives': `{ __typename ${repeat(1_000, () => '@include(if: true)')} }`,
    '20,000 tokens': `{ ${repeat(10_000, (index) => `f${index} f`)} }`,
    'depth 30': `{ __schema { types { ${'ofType { '.repeat(30)}name${' }'.repeat(30)} } } }`,
    'depth 30 of unknown fields': `{ ${'a { '.repeat(30)}a${' }'.repeat(30)} }`,
    'circular fragments': '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }',
    '21 root fields': `{ ${repeat(21, () => '__typename')} }`,
  };
  for (const [name, query] of Object.entries(documents)) {
    const { status, codes } = await server.post({ query });
    expect([name, status >= 200 && status < 500, [...new Set(codes)]]).toEqual([name, true, ['BAD_REQUEST']]);
  }
});

test('an operation may be named as it likes and learns nothing by it', async () => {
  const { status, codes, data } = await server.post({
    query: 'query __schema { __typename }',
    operationName: '__schema',
  });
  expect([status, codes, data]).toEqual([200, [], { __typename: 'Query' }]);
});

test('a wrong field is named, never what it might have been', async () => {
  const { text, codes } = await server.post({ query: '{ tilll { id } }' });
  expect(codes).toEqual(['BAD_REQUEST']);
  expect(text).not.toMatch(/did you mean/i);
});

const batch = (count: number) => Array.from({ length: count }, () => ({ query: '{ __typename }' }));

test('ten operations in one request at most', async () => {
  const ten = await server.post(batch(10));
  expect([ten.status, ten.codes]).toEqual([200, []]);
  const hundred = await server.post(batch(100));
  expect(hundred.status).toBe(413);
  expect(hundred.data).toBeUndefined();
});

test('a mutation does not come by GET, nor by a form a foreign page could post', async () => {
  const mutation = 'mutation { signOutCashier }';
  const get = await send(`${server.url}/graphql?query=${encodeURIComponent(mutation)}`);
  expect(get.status).toBe(405);
  expect(get.data).toBeUndefined();
  const boundary = 'boundary';
  const multipart = [
    `--${boundary}`,
    'content-disposition: form-data; name="operations"',
    '',
    JSON.stringify({ query: mutation }),
    `--${boundary}--`,
    '',
  ].join('\r\n');
  const forms: [string, string][] = [
    [`multipart/form-data; boundary=${boundary}`, multipart],
    ['application/x-www-form-urlencoded', `query=${encodeURIComponent(mutation)}`],
    ['text/plain', JSON.stringify({ query: mutation })],
  ];
  for (const [type, body] of forms) {
    const { status, codes, data } = await server.post(body, { 'content-type': type });
    expect([type, status === 415 || codes[0] === 'BAD_REQUEST']).toEqual([type, true]);
    expect(data).toBeUndefined();
  }
});

test('a foreign page gets no answer with credentials', async () => {
  const { headers } = await server.post({ query: '{ __typename }' }, { origin: 'https://evil.example' });
  expect(headers.get('access-control-allow-credentials')).not.toBe('true');
  const preflight = await fetch(`${server.url}/graphql`, {
    method: 'OPTIONS',
    headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
  });
  expect(preflight.headers.get('access-control-allow-credentials')).not.toBe('true');
});

/** A request of so many bytes. */
function padded(bytes: number): string {
  const body = JSON.stringify({ query: '{ __typename }', variables: { pad: '' } });
  return body.replace('"pad":""', `"pad":"${'x'.repeat(bytes - body.length)}"`);
}

test('a body above the limit is refused with its code, one just below is read', async () => {
  const below = await server.post(padded(MAX_BODY_BYTES));
  expect([below.status, below.codes]).toEqual([200, []]);
  const above = await server.post(padded(MAX_BODY_BYTES + 1));
  expect([above.status, above.codes]).toEqual([413, ['BAD_REQUEST']]);
});

test('junk instead of JSON is a bad request without a stack', async () => {
  for (const body of [
    '',
    '{',
    'null',
    '"text"',
    '{"query":1}',
    '{"query":"{ __typename }","variables":[]}',
  ]) {
    const { status, text } = await server.post(body);
    expect([body, status >= 400 && status < 500]).toEqual([body, true]);
    expect(text).not.toMatch(/node_modules|\.ts:\d|at \w+ \(/);
  }
});

/** What a plain socket sends and gets, until the server closes it or has answered once. */
function raw(lines: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname, () => socket.write(lines));
    let answer = '';
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => (answer += chunk));
    socket.on('close', () => resolve(answer));
    socket.on('error', (error) => (answer === '' ? reject(error) : resolve(answer)));
  });
}

const firstLine = (answer: string) => answer.split('\r\n')[0];

test('a request of two lengths is refused, and what is smuggled behind it is not answered', async () => {
  const body = '0\r\n\r\nGET /metrics HTTP/1.1\r\nHost: x\r\n\r\n';
  const answer = await raw(
    `POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nTransfer-Encoding: chunked\r\n\r\n${body}`,
  );
  expect(firstLine(answer)).toBe('HTTP/1.1 400 Bad Request');
  expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1);
});

test('a header of 64 kB is refused', async () => {
  const answer = await raw(`GET /health HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(65_536)}\r\n\r\n`);
  expect(firstLine(answer)).toBe('HTTP/1.1 431 Request Header Fields Too Large');
});

test('who sends headers slowly is cut off after ten seconds; bodies have a test of their own', () => {
  const { headersTimeout, requestTimeout } = server.app.http.server;
  expect([headersTimeout, requestTimeout]).toEqual([10_000, 0]);
});

const guess = (address: string) =>
  server.post(
    {
      query:
        'mutation { pairTill(input: { code: "AAAA2222" }) { __typename ... on PairingCodeRefused { retryAt } } }',
    },
    { 'x-forwarded-for': address, forwarded: `for=${address}` },
  );

test('X-Forwarded-For of a stranger is nobody: guesses of pairing codes are counted by the real address', async () => {
  const answers = [];
  for (let attempt = 1; attempt <= 11; attempt += 1) answers.push(await guess(`203.0.113.${attempt}`));
  const retryAt = answers.map(
    ({ data }) => (data as { pairTill: { retryAt: string | null } }).pairTill.retryAt,
  );
  expect(retryAt.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => null));
  expect(retryAt[10]).not.toBeNull();
});
