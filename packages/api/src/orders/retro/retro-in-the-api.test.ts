import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { globalId } from '../../platform/graphql/global-id.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { ASKED_TIME, threeReceipts } from '../../testing/retro.builders.ts';
import { aSession } from '../../testing/staff.builders.ts';
import { runTasks } from '../../testing/tasks.builders.ts';

const it = useTestApp();

test('the result is a table of purchases without contacts', async () => {
  const { ctx, shopper, plan, execute } = await threeReceipts(it.app.context());
  const { runId } = await plan();
  const { fileId } = await execute(runId);
  const [file] = await ctx.sql.selectFrom('stored_file').selectAll().where('id', '=', fileId).execute();
  expect(file).toMatchObject({ scope: 'loyalty.write', holds_list: true });
  const text = await readFile(join(ctx.dataDir, 'files', fileId), 'utf8').catch(() => '');
  const rows = text.split('\n').filter((row) => row.includes(shopper));
  expect(rows.map((row) => row.split(';').slice(-4, -1).join())).toEqual([
    '12350.00,RUB,369',
    '4990.00,RUB,147',
    '990.00,RUB,27',
  ]);
});

test('over GraphQL: planned, counted, executed, read', async () => {
  const { ctx, shop, shopper } = await threeReceipts(it.app.context());
  const { session } = await aSession(ctx, ['MARKETER']);
  const programId = globalId('Program', shop.programId);
  const ask = async (query: string, variables: Record<string, unknown>) => {
    const { data, errors } = await it.app.graphql<Record<string, unknown>>({ query, variables, session });
    expect(errors).toBeUndefined();
    return Object.values(data ?? {})[0] as Record<string, unknown>;
  };
  const planned = await ask(
    `mutation ($input: PlanRetroRunInput!) { planRetroRun(input: $input) { __typename
      ... on RetroRunStarted { taskId run { id state } } ... on InvalidInput { problems { path code } } } }`,
    { input: { programId, ...ASKED_TIME, versionNumber: 1, capPerCustomer: 500 } },
  );
  expect(planned).toMatchObject({ __typename: 'RetroRunStarted', run: { state: 'COUNTING' } });
  await runTasks(ctx);
  const { id } = planned['run'] as { id: string };
  const read = () =>
    ask(
      `query ($id: ID!) { retroRun(id: $id) { state versionNumber capPerCustomer sources stores { id } program { name }
        counted { customers orders points cut worth { currency net gross } samples { points profile { id } } }
        result { customers orders points cut undone } } }`,
      { id },
    );
  expect(await read()).toMatchObject({
    state: 'COUNTED',
    versionNumber: 1,
    counted: {
      points: 500,
      cut: 43,
      samples: [{ points: 500, profile: { id: globalId('Profile', shopper) } }],
    },
    result: { points: 0 },
  });
  await ask(`mutation ($id: ID!) { executeRetroRun(runId: $id) { __typename } }`, { id });
  await runTasks(ctx);
  expect(await read()).toMatchObject({ state: 'DONE', result: { points: 500, orders: 3 } });
});
