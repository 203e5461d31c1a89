import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { storedEvents } from '@clientele/api/src/testing/activity.builders.ts';
import { newId } from '@clientele/api/src/platform/ids.ts';
import { aKey } from '@clientele/api/src/testing/company.builders.ts';
import { useTestApp } from '@clientele/api/src/testing/create-test-app.ts';
import { sharedData, sharedDataMissing } from '@clientele/api/src/testing/shared-data.ts';
import { filesOf } from './tar.ts';

const it = useTestApp();
let token = '';

beforeAll(async () => {
  ({ token } = await aKey(it.app.context()));
});

const QUERY = `mutation ($input: RecordEventsInput!) { recordEvents(input: $input) {
  ... on EventsRecorded { results { id status problems { path code } } } ... on Refusal { code message } } }`;

interface Result {
  id: string;
  status: string;
  problems: { path: string[]; code: string }[];
}

interface Body {
  data?: { recordEvents?: { results?: Result[]; code?: string } } | null;
  errors?: { extensions: { code: string } }[];
}

/** Bytes as they are, whatever they are. */
async function post(payload: Buffer | string): Promise<{ status: number; body: Body }> {
  const answer = await it.app.http.inject({
    method: 'POST',
    url: '/graphql',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    payload,
  });
  return { status: answer.statusCode, body: answer.json() };
}

/** A request whose only event has these bytes for its properties. */
function withProperties(properties: Buffer, source: string): Buffer {
  const mark = '"HERE"';
  const event = {
    id: 'x',
    kind: 'VISIT',
    occurredAt: '2026-11-22T08:00:00Z',
    deviceId: 'd',
    properties: 'HERE',
  };
  const [before = '', after = ''] = JSON.stringify({
    query: QUERY,
    variables: { input: { source, events: [event] } },
  }).split(mark);
  return Buffer.concat([Buffer.from(before), properties, Buffer.from(after)]);
}

function verdict({ status, body }: { status: number; body: Body }): string {
  const [error] = body.errors ?? [];
  if (error !== undefined) return `${status} ${error.extensions.code}`;
  const [result] = body.data?.recordEvents?.results ?? [];
  return [status, result?.status, ...(result?.problems ?? []).map(({ code }) => code)].join(' ');
}

async function verdicts(
  files: ReadonlyMap<string, Buffer>,
  shape: (file: Buffer) => Buffer,
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const [name, file] of files) found.set(name, verdict(await post(shape(file))));
  return found;
}

function suite(): Map<string, Buffer> {
  return filesOf(gunzipSync(readFileSync(sharedData('json-test-suite/test_parsing.tar.gz'))));
}

/** Names of the files of a class that were answered otherwise. */
function except(found: ReadonlyMap<string, string>, prefix: string, usual: string): Record<string, string> {
  return Object.fromEntries(
    [...found].filter(([name, answer]) => name.startsWith(prefix) && answer !== usual),
  );
}

test.skipIf(sharedDataMissing)(
  'JSONTestSuite inside properties: sound JSON is taken or refused by type, broken JSON is a bad request (needs ../shared/data)',
  async () => {
    const files = suite();
    expect(files.size).toBe(318);
    // Each under a name, so that values of every type come through.
    const wrapped = await verdicts(files, (file) =>
      withProperties(Buffer.concat([Buffer.from('{"v":'), file, Buffer.from('}')]), newId()),
    );
    expect(except(wrapped, 'y_', '200 CREATED')).toEqual({
      // Whole numbers too large to be exact.
      'y_number.json': '200 REJECTED RANGE',
      'y_number_real_capital_e.json': '200 REJECTED RANGE',
      'y_number_real_exponent.json': '200 REJECTED RANGE',
      'y_number_real_fraction_exponent.json': '200 REJECTED RANGE',
      'y_object_extreme_numbers.json': '200 REJECTED RANGE RANGE',
      // Names that are none, and NUL.
      'y_object_empty_key.json': '200 REJECTED FORMAT',
      'y_object_escaped_null_in_key.json': '200 REJECTED FORMAT',
      'y_string_null_escape.json': '200 REJECTED FORMAT',
    });
    expect(except(wrapped, 'n_', '400 BAD_REQUEST')).toEqual({});
    expect([...wrapped.values()].filter((answer) => answer.startsWith('5'))).toEqual([]);
  },
);

test.skipIf(sharedDataMissing)(
  'JSONTestSuite as properties, and as the whole request: never an error of ours (needs ../shared/data)',
  async () => {
    const files = suite();
    const direct = await verdicts(files, (file) => withProperties(file, newId()));
    const allowed = new Set([
      '200 CREATED',
      '200 REJECTED FORMAT',
      '200 REJECTED RANGE',
      '200 REJECTED RANGE RANGE',
    ]);
    expect([...direct].filter(([name, answer]) => name.startsWith('y_') && !allowed.has(answer))).toEqual([]);
    expect(except(direct, 'n_', '400 BAD_REQUEST')).toEqual({});
    for (const [name, file] of files) {
      const { status, body } = await post(file);
      // A list is a batch of requests, each with an answer of its own.
      const answers = Array.isArray(body) ? (body as Body[]) : [body];
      const codes = answers.flatMap(({ errors = [] }) => errors.map(({ extensions }) => extensions.code));
      expect([
        name,
        status === 200 || status === 400,
        codes.filter((code) => code !== 'BAD_REQUEST'),
      ]).toEqual([name, true, []]);
    }
  },
);

test('nested a thousand levels deep: refused, and the next request is answered', async () => {
  const deep = Buffer.from(`{"a":${'['.repeat(1_000)}${']'.repeat(1_000)}}`);
  expect(verdict(await post(withProperties(deep, newId())))).toBe('200 BAD_REQUEST');
  expect(verdict(await post(withProperties(Buffer.from('{}'), newId())))).toBe('200 CREATED');
});

test('names that mean something to JavaScript are refused, and nobody’s prototype is changed', async () => {
  const bodies = [
    '{"__proto__":{"polluted":true}}',
    '{"constructor":{"prototype":{"polluted":true}}}',
    '{"a":[{"__proto__":{"polluted":true}}]}',
    '{"prototype":1}',
  ];
  for (const text of bodies)
    expect(verdict(await post(withProperties(Buffer.from(text), newId())))).toBe('200 REJECTED FORMAT');
  expect(Reflect.get({}, 'polluted')).toBeUndefined();
  expect(Reflect.get([], 'polluted')).toBeUndefined();
});

test.skipIf(sharedDataMissing)(
  'naughty strings through every text of an event: kept exactly, or refused by path (needs ../shared/data)',
  async () => {
    const strings = JSON.parse(readFileSync(sharedData('naughty-strings/blns.json'), 'utf8')) as string[];
    const ctx = it.app.context();
    const at = '2026-11-22T08:00:00Z';
    const send = async (source: string, events: object[]): Promise<Result[]> => {
      const { status, body } = await post(
        JSON.stringify({ query: QUERY, variables: { input: { source, events } } }),
      );
      expect([status, body.errors]).toEqual([200, undefined]);
      return body.data?.recordEvents?.results ?? [];
    };
    const values = newId();
    const asValues = strings.map((text, index) => ({
      id: String(index),
      kind: 'VISIT',
      occurredAt: at,
      deviceId: 'd',
      properties: { text, list: [text] },
    }));
    expect((await send(values, asValues)).filter(({ status }) => status !== 'CREATED')).toEqual([]);
    const kept = new Map((await storedEvents(ctx, values)).map(({ id, properties }) => [id, properties]));
    expect(
      asValues.filter(
        ({ id, properties }) => JSON.stringify(kept.get(id)) !== JSON.stringify(sortedLikeStored(properties)),
      ),
    ).toEqual([]);

    for (const [field, asField] of [
      ['properties', (text: string) => ({ properties: { [text]: true } })],
      ['id', (text: string) => ({ id: text })],
      ['kind', (text: string) => ({ kind: text })],
      ['deviceId', (text: string) => ({ deviceId: text })],
    ] as const) {
      const source = newId();
      const results = await send(
        source,
        strings.map((text, index) => ({
          id: `n${index}`,
          kind: 'VISIT',
          occurredAt: at,
          deviceId: 'd',
          ...asField(text),
        })),
      );
      const statuses = new Set(results.map(({ status }) => status));
      expect([
        field,
        [...statuses].filter((status) => !['CREATED', 'CONFLICT', 'UNCHANGED', 'REJECTED'].includes(status)),
      ]).toEqual([field, []]);
      const wrongPaths = results.filter(
        ({ status, problems }) =>
          status === 'REJECTED' && problems.some(({ path }) => path[0] !== field && path[0] !== 'profile'),
      );
      expect([field, wrongPaths]).toEqual([field, []]);
      const created = results.filter(({ status }) => status === 'CREATED').length;
      expect([field, (await storedEvents(ctx, source)).length]).toEqual([field, created]);
    }
  },
);

/** jsonb orders names by length, then by bytes. */
function sortedLikeStored({ text, list }: { text: string; list: string[] }) {
  return { list, text };
}

test('ids of 10 kB, and SQL where names are expected', async () => {
  const source = newId();
  const sql = "x'); drop table event; --";
  const events = [
    { id: 'x'.repeat(10_240), kind: 'VISIT' },
    { id: sql, kind: 'VISIT', properties: { [sql]: sql, 'a\'b"c': { '$.x': 1, '{a,b}': 2 } } },
    { id: '3', kind: sql },
  ].map((event) => ({ occurredAt: '2026-11-22T08:00:00Z', deviceId: sql, ...event }));
  const { body } = await post(JSON.stringify({ query: QUERY, variables: { input: { source, events } } }));
  const results = body.data?.recordEvents?.results ?? [];
  expect(
    results.map(({ status, problems }) => [
      status,
      ...problems.map(({ path, code }) => `${path.join('.')} ${code}`),
    ]),
  ).toEqual([['REJECTED', 'id RANGE'], ['CREATED'], ['REJECTED', 'kind FORMAT']]);
  expect(await storedEvents(it.app.context(), source)).toMatchObject([
    { id: sql, properties: { [sql]: sql, 'a\'b"c': { '$.x': 1, '{a,b}': 2 } } },
  ]);
});

test('a filter is text, never SQL', async () => {
  const sql = "' or 1=1; --";
  const { data, errors } = await it.app.graphql({
    query: 'query ($f: EventFilter) { events(filter: $f) { edges { node { id } } } }',
    variables: { f: { kinds: [sql, "VISIT') --"], source: sql } },
    token,
  });
  expect([data, errors]).toEqual([{ events: { edges: [] } }, undefined]);
});
