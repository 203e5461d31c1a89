import { mkdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { drainTasks } from '../../platform/tasks/index.ts';
import { aKey, aStore } from '../../testing/company.builders.ts';
import { createTestApp, type TestApp } from '../../testing/create-test-app.ts';
import { aPhone } from '../../testing/profiles.builders.ts';
import { createTestDatabase } from '../../testing/test-database.ts';

const INSPECT = `query ($id: String!) { inspectUpload(uploadId: $id) { __typename
  ... on UploadInspection { fileName format encoding delimiter kind estimatedRows columns { column field confidence samples } rows { row fields } }
  ... on UnreadableFile { reason row columnNames } ... on Refusal { code } } }`;
const START = `mutation ($input: StartImportInput!) { NAME(input: $input) { __typename
  ... on ImportStarted { taskId runId } ... on UnusableMapping { message } ... on Refusal { code } } }`;
const RUN = `query ($id: ID!) { importRun(id: $id) { state dryRun fileName source report errorFile canUndo undoneAt undone
  problems { row column code value } } }`;
const UNDO = `mutation ($id: ID!) { undoImport(id: $id) { __typename ... on ImportStarted { taskId }
  ... on ImportNotUndoable { reason } } }`;

interface Started {
  __typename: string;
  taskId: string;
  runId: string;
}

async function anApp(work: (app: TestApp, token: string) => Promise<void>): Promise<void> {
  const database = await createTestDatabase();
  const app = await createTestApp({ databaseUrl: database.url });
  try {
    await aStore(app.context());
    const { token } = await aKey(app.context());
    await work(app, token);
  } finally {
    await app.stop();
    await database.drop();
  }
}

async function upload(app: TestApp, token: string, name: string, text: string): Promise<string> {
  const answer = await app.http.inject({
    method: 'POST',
    url: '/uploads',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/octet-stream',
      'x-file-name': encodeURIComponent(name),
      'x-clientele-csrf': '1',
    },
    payload: Buffer.from(text),
  });
  expect(answer.statusCode).toBe(201);
  return answer.json<{ id: string }>().id;
}

test('a file is inspected, checked, brought in and taken back by the API; who may only read sees no contacts', () =>
  anApp(async (app, token) => {
    await mkdir(app.context().dataDir, { recursive: true });
    const ask = async <Data>(
      query: string,
      variables: Record<string, unknown>,
      as = token,
    ): Promise<Data> => {
      const { data, errors } = await app.graphql<Record<string, Data>>({ query, variables, token: as });
      expect(errors).toBeUndefined();
      return Object.values(data ?? {})[0] as Data;
    };
    const phone = aPhone();
    const id = await upload(app, token, 'база.csv', `Телефон;Имя\n${phone};Анна\n123;Олег\n`);
    expect(await ask(INSPECT, { id })).toEqual({
      __typename: 'UploadInspection',
      fileName: 'база.csv',
      format: 'CSV',
      encoding: 'utf-8',
      delimiter: ';',
      kind: 'PROFILES',
      estimatedRows: 2,
      columns: [
        { column: 'Телефон', field: 'phone', confidence: 90, samples: [phone, '123'] },
        { column: 'Имя', field: 'givenName', confidence: 90, samples: ['Анна', 'Олег'] },
      ],
      rows: [
        { row: 2, fields: [phone, 'Анна'] },
        { row: 3, fields: ['123', 'Олег'] },
      ],
    });
    const mapping = {
      name: 'база',
      kind: 'PROFILES',
      columns: [
        { column: 'Телефон', field: 'phone' },
        { column: 'Имя', field: 'givenName' },
      ],
    };
    const input = { uploadId: id, kind: 'PROFILES', source: 'crm', mapping };
    const wrong = { ...mapping, columns: [{ column: 'Нет', field: 'phone' }] };
    expect(await ask(START.replace('NAME', 'checkImport'), { input: { ...input, mapping: wrong } })).toEqual({
      __typename: 'UnusableMapping',
      message: 'the file has no column "Нет"; its columns are "Телефон", "Имя"',
      code: 'UnusableMapping',
    });
    const check = await ask<Started>(START.replace('NAME', 'checkImport'), { input });
    const start = await ask<Started>(START.replace('NAME', 'startImport'), { input });
    await drainTasks(app.context());
    expect(await ask(RUN, { id: check.runId })).toMatchObject({ dryRun: true, canUndo: false });
    const reader = await aKey(app.context(), { name: 'Только чтение', scopes: ['imports.read'] });
    const run = {
      state: 'DONE',
      dryRun: false,
      fileName: 'база.csv',
      source: 'crm',
      report: { rows: 2, counts: { CREATED: 1, REJECTED: 1 } },
      errorFile: expect.stringMatching(/^\/files\//),
      canUndo: true,
      undoneAt: null,
      problems: [{ row: 3, column: 'Телефон', code: 'PHONE', value: '123' }],
    };
    expect(await ask(RUN, { id: start.runId })).toMatchObject(run);
    expect(await ask(RUN, { id: start.runId }, reader.token)).toMatchObject({
      errorFile: null,
      canUndo: false,
      problems: [{ row: 3, value: null }],
    });
    for (const query of [INSPECT, UNDO, START.replace('NAME', 'startImport')]) {
      const { errors } = await app.graphql({ query, variables: { id, input }, token: reader.token });
      expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    }
    expect(await ask(UNDO, { id: start.runId })).toMatchObject({ __typename: 'ImportStarted' });
    await drainTasks(app.context());
    expect(await ask(RUN, { id: start.runId })).toMatchObject({
      undone: { removed: 1, restored: 0, kept: {} },
    });
    expect(await ask(UNDO, { id: start.runId })).toEqual({
      __typename: 'ImportNotUndoable',
      reason: 'UNDONE',
    });
  }));
