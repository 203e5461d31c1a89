import { expect, test } from 'vitest';
import { globalId } from '../../platform/graphql/global-id.ts';
import { asSystem } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { aSegment } from '../../testing/membership.builders.ts';
import { aModel } from '../../testing/models.builders.ts';
import { aSession } from '../../testing/staff.builders.ts';
import { computeRfm } from './compute-rfm.ts';
import { readRfmModels } from './read-rfm-models.ts';

const it = useTestApp();

const DELETE = `mutation ($id: ID!, $version: Int!) { deleteRfmModel(id: $id, version: $version) { __typename
  ... on RfmModelDeleted { deleted } ... on RfmModelInUse { uses { kind id name } } ... on VersionConflict { version } } }`;

async function aMarketer(role: 'MARKETER' | 'ANALYST' = 'MARKETER') {
  const ctx = asSystem(it.app.context());
  const { session } = await aSession(ctx, [role]);
  const remove = async (id: string, version = 1) => {
    const variables = { id: globalId('RfmModel', id), version };
    const { data, errors } = await it.app.graphql({ session, query: DELETE, variables });
    return errors?.[0]?.extensions.code ?? data?.['deleteRfmModel'];
  };
  return { ctx, remove };
}

test('a model is deleted for ever, by the version that was seen, and is told in the journal', async () => {
  const { ctx, remove } = await aMarketer();
  const id = await aModel(ctx);
  expect(await remove(id, 2)).toEqual({ __typename: 'VersionConflict', version: 1 });
  expect(await remove(id)).toEqual({ __typename: 'RfmModelDeleted', deleted: true });
  expect(await remove(id)).toEqual({ __typename: 'RfmModelDeleted', deleted: false });
  expect(await readRfmModels(ctx, [id])).toEqual([]);
  // What was asked for before it went ends in peace.
  expect(await computeRfm(ctx, id)).toBe(null);
  const told = await ctx.sql
    .selectFrom('audit_entry')
    .select(['action', 'facts'])
    .where('subject', '=', `rfm-model:${id}`)
    .execute();
  expect(told).toEqual([{ action: 'rfm-model.deleted', facts: { name: id } }]);
});

test('a model whose scores segments ask for stays, and they are named; one that is put away does not keep it', async () => {
  const { ctx, remove } = await aMarketer();
  const model = await aModel(ctx);
  const scores = { recency: [5], frequency: [], monetary: [] };
  const segment = await aSegment(ctx, { leaf: 'RFM', model, ...scores }, 'Лучшие');
  expect(await remove(model)).toEqual({
    __typename: 'RfmModelInUse',
    uses: [{ kind: 'SEGMENT', id: globalId('Segment', segment), name: 'Лучшие' }],
  });
  expect((await readRfmModels(ctx, [model])).length).toBe(1);
  const archived = await it.app.graphql({
    session: (await aSession(ctx, ['MARKETER'])).session,
    query: `mutation ($id: ID!) { archiveSegment(id: $id, version: 1) { __typename } }`,
    variables: { id: globalId('Segment', segment) },
  });
  expect(archived.data).toEqual({ archiveSegment: { __typename: 'SegmentSaved' } });
  expect(await remove(model)).toEqual({ __typename: 'RfmModelDeleted', deleted: true });
});

test('who only reads segments deletes no model', async () => {
  const { ctx, remove } = await aMarketer('ANALYST');
  expect(await remove(await aModel(ctx))).toBe('FORBIDDEN');
});
