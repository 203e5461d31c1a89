import type { Condition } from '@clientele/shared/segments';
import { sql } from 'kysely';
import pg from 'pg';
import { expect, test } from 'vitest';
import { newId } from '../../platform/ids.ts';
import type { Context } from '../../platform/context.ts';
import { asActor, asSystem } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import {
  aSegment,
  membersOf,
  sizeOf,
  storedMembers,
  transitionsOf,
} from '../../testing/membership.builders.ts';
import { aPool, CodesOfOrder, aCode } from '../../testing/codes.builders.ts';
import { merge, undo } from '../../testing/merges.builders.ts';
import { aShopper } from '../../testing/profiles.builders.ts';
import { staffActor } from '../../testing/staff.builders.ts';
import { runTasks } from '../../testing/tasks.builders.ts';
import { waitingFor } from '../../testing/waiting-for.ts';
import { erasePerson } from '../../profiles/index.ts';
import { globalId } from '../../platform/graphql/global-id.ts';
import { PERSON_TRACES } from '../../person-traces.ts';
import { SHOPPER_ROWS } from '../../shopper-rows.ts';
import { refreshAll } from '../passes/refresh-segments.ts';
import { changeSegment } from '../definitions/save-segment.ts';
import { takeSnapshot } from '../snapshots/take-snapshot.ts';
import { checkDirty } from './check-dirty.ts';
import { bringMembership } from './start-membership.ts';

const it = useTestApp();

/** People with a tag of this test. */
async function tagged(
  ctx: Context,
  count: number,
): Promise<{ tag: string; ids: string[]; condition: Condition }> {
  const tag = newId();
  const ids: string[] = [];
  for (let made = 0; made < count; made += 1) ids.push((await aShopper(ctx)).id);
  await putTag(ctx, ids, [tag]);
  return { tag, ids: ids.toSorted(), condition: { leaf: 'TAG', tags: [tag] } };
}

async function putTag(ctx: Context, ids: readonly string[], tags: string[]): Promise<void> {
  await ctx.sql
    .updateTable('profile')
    .set({ tags })
    .where('id', 'in', [...ids])
    .execute();
}

test('who is merged into another leaves, the other enters by what is theirs now; undone, both are back', async () => {
  const ctx = asSystem(it.app.context());
  const { ids, condition } = await tagged(ctx, 1);
  const [other = ''] = ids;
  const survivor = (await aShopper(ctx)).id;
  const segment = await aSegment(ctx, condition);
  const { mergeId } = await merge(asActor(ctx, await staffActor(ctx, ['OWNER'])), survivor, other);
  expect(await membersOf(ctx, segment)).toEqual([survivor]);
  expect(await sizeOf(ctx, segment)).toEqual({ size: 1, entered: 1, left: 1 });
  await undo(asActor(ctx, await staffActor(ctx, ['OWNER'])), mergeId);
  expect(await membersOf(ctx, segment)).toEqual([other]);
  expect(
    (await transitionsOf(ctx, segment))
      .map(({ profileId, entered }) => [profileId === other, entered])
      .toSorted(),
  ).toEqual([
    [false, false],
    [false, true],
    [true, false],
    [true, true],
  ]);
});

test('what is written for a profile that was merged away concerns the survivor, and no pass passes it over', async () => {
  const ctx = asSystem(it.app.context());
  const [survivor, other] = [(await aShopper(ctx)).id, (await aShopper(ctx)).id];
  const pool = await aPool(ctx);
  const bought = new CodesOfOrder(ctx, pool, other);
  const code = await aCode(ctx, pool, { profileId: other });
  await bought.hold([code]);
  await bought.redeem();
  await merge(asActor(ctx, await staffActor(ctx, ['OWNER'])), survivor, other);
  const segment = await aSegment(ctx, { leaf: 'PROMO_CODE', pools: [pool.id], state: 'USED' });
  expect(await membersOf(ctx, segment)).toEqual([survivor]);
  await bought.free();
  // Survivors of later profiles may have been looked at by then.
  const signal = new AbortController().signal;
  await refreshAll(ctx, { report: () => undefined, signal });
  const waiting = () => ctx.sql.selectFrom('segment_dirty').select('profile_id as id').distinct().execute();
  expect(await waiting()).toEqual([{ id: other }]);
  await sql`update profile_segment set segments = array[(select number from segment where id = ${segment})]
    where profile_id = ${survivor}`.execute(ctx.sql);
  expect(await membersOf(ctx, segment)).toEqual([]);
  expect(await waiting()).toEqual([]);
});

test('who was merged before an edit is worked out has left what they were in, and it is told', async () => {
  const ctx = asSystem(it.app.context());
  const { ids, condition } = await tagged(ctx, 1);
  const [other = ''] = ids;
  const survivor = (await aShopper(ctx)).id;
  const segment = await aSegment(ctx, condition);
  const edited = await aSegment(ctx, { leaf: 'TAG', tags: ['none'] });
  await merge(asActor(ctx, await staffActor(ctx, ['OWNER'])), survivor, other);
  const change = { id: edited, version: 1, name: edited, condition: { group: 'NONE', of: [] } } as const;
  await changeSegment(ctx, change);
  await runTasks(ctx);
  expect(await membersOf(ctx, segment)).toEqual([survivor]);
  expect(
    (await transitionsOf(ctx, segment)).map(({ profileId, entered }) => [profileId, entered]).toSorted(),
  ).toEqual(
    [
      [other, false],
      [survivor, true],
    ].toSorted(),
  );
  expect(await sizeOf(ctx, segment)).toEqual({ size: 1, entered: 1, left: 1 });
});

test('who is erased leaves every segment in the same moment, and the size tells', async () => {
  const ctx = asSystem(it.app.context());
  const { ids, condition } = await tagged(ctx, 2);
  const [gone = '', stays = ''] = ids;
  const segment = await aSegment(ctx, condition);
  const { version } = await ctx.sql
    .selectFrom('profile')
    .select('version')
    .where('id', '=', gone)
    .executeTakeFirstOrThrow();
  await erasePerson(
    asActor(ctx, await staffActor(ctx, ['OWNER'])),
    { rows: SHOPPER_ROWS, traces: PERSON_TRACES },
    { profileId: globalId('Profile', gone), version, reason: 'REQUEST', confirm: 'ERASE' },
  );
  expect(await storedMembers(ctx, segment)).toEqual([stays]);
  expect(await membersOf(ctx, segment)).toEqual([stays]);
  expect(await sizeOf(ctx, segment)).toEqual({ size: 1, entered: 0, left: 1 });
  expect((await transitionsOf(ctx, segment)).map(({ profileId, entered }) => [profileId, entered])).toEqual([
    [gone, false],
  ]);
});

test('visitors and walk-in customers are in no segment, whatever they did', async () => {
  const ctx = it.app.context();
  const segment = await aSegment(ctx, { group: 'ALL', of: [] });
  const visitor = newId();
  const now = ctx.clock.now();
  await ctx.sql
    .insertInto('profile')
    .values({ id: visitor, kind: 'VISITOR', created_at: now, updated_at: now })
    .execute();
  await ctx.sql.insertInto('segment_dirty').values({ profile_id: visitor }).execute();
  expect((await membersOf(ctx, segment)).includes(visitor)).toBe(false);
  expect(await ctx.sql.selectFrom('segment_dirty').selectAll().execute()).toEqual([]);
});

test('several workers share the work: everybody is right, and nothing is told twice', async () => {
  const ctx = it.app.context();
  const { tag, ids, condition } = await tagged(ctx, 60);
  const segment = await aSegment(ctx, condition);
  const worker = () => bringMembership({ ...ctx, em: ctx.database.em() });
  await putTag(ctx, ids, []);
  await Promise.all([worker(), worker(), worker(), putTag(ctx, ids.slice(0, 20), ['other'])]);
  await putTag(ctx, ids.slice(30), [tag]);
  await Promise.all([worker(), worker()]);
  expect(await membersOf(ctx, segment)).toEqual(ids.slice(30));
  const told = Map.groupBy(await transitionsOf(ctx, segment), ({ profileId }) => profileId);
  expect(ids.map((id) => told.get(id)?.map(({ entered }) => entered))).toEqual(
    ids.map((_id, index) => (index < 30 ? [false] : [false, true])),
  );
  expect(await sizeOf(ctx, segment)).toEqual({ size: 30, entered: 30, left: 60 });
});

test('two look at somebody new at once: the first one writes, and whoever came second has them looked at again', async () => {
  const ctx = it.app.context();
  const tag = newId();
  const segment = await aSegment(ctx, { leaf: 'TAG', tags: [tag] });
  const { id } = await aShopper(ctx);
  const { second } = await ctx.database.sql.transaction().execute(async (first) => {
    // It has seen that they had no tag.
    await sql`insert into profile_segment (profile_id) values (${id})`.execute(first);
    await putTag(ctx, [id], [tag]);
    const looking = checkDirty(ctx);
    await waitingFor(first);
    return { second: looking };
  });
  await second;
  expect(await storedMembers(ctx, segment)).toEqual([]);
  expect(await membersOf(ctx, segment)).toEqual([id]);
  expect((await transitionsOf(ctx, segment)).map(({ profileId, entered }) => [profileId, entered])).toEqual([
    [id, true],
  ]);
});

test('a person nobody can look at is set aside and stops nobody; looked at again, the mark goes', async () => {
  const ctx = it.app.context();
  const { ids, condition } = await tagged(ctx, 3);
  const segment = await aSegment(ctx, condition);
  const [poison = ''] = ids;
  expect(await membersOf(ctx, segment)).toEqual(ids);
  const owner = new pg.Client({ connectionString: String(ctx.database.pool.options.connectionString) });
  await owner.connect();
  await owner.query(`create function public.poison() returns trigger language plpgsql as
    $$ begin if cardinality(new.segments) < cardinality(old.segments) then raise exception 'poison'; end if;
    return new; end $$`);
  await owner.query(`create trigger poison before update on public.profile_segment for each row
    when (new.profile_id = '${poison}') execute function public.poison()`);
  await putTag(ctx, ids, []);
  expect(await membersOf(ctx, segment)).toEqual([poison]);
  const failing = () =>
    sql<{
      id: string;
      at: Date;
    }>`select profile_id as id, next_check_at as at from profile_segment where failed_at is not null`.execute(
      ctx.sql,
    );
  const again = new Date(ctx.clock.now().getTime() + 3_600_000);
  expect((await failing()).rows).toEqual([{ id: poison, at: again }]);
  // By time alone it fails again, and waits again.
  it.app.clock.set(again);
  expect(await membersOf(ctx, segment)).toEqual([poison]);
  const later = new Date(again.getTime() + 3_600_000);
  expect((await failing()).rows).toEqual([{ id: poison, at: later }]);
  await owner.query('drop trigger poison on public.profile_segment; drop function public.poison()');
  await owner.end();
  it.app.clock.set(later);
  expect(await membersOf(ctx, segment)).toEqual([]);
  expect((await failing()).rows).toEqual([]);
});

test('who is in a snapshot by two profiles is in it once after they are one', async () => {
  const ctx = asSystem(it.app.context());
  const { ids, condition } = await tagged(ctx, 3);
  const [survivor = '', other = '', third = ''] = ids;
  const segmentId = await aSegment(ctx, condition);
  const snapshotId = await takeSnapshot(ctx, { segmentId, name: 'До' });
  await merge(asActor(ctx, await staffActor(ctx, ['OWNER'])), survivor, other);
  const members = await ctx.sql
    .selectFrom('segment_snapshot_member')
    .select('profile_id as id')
    .where('snapshot_id', '=', snapshotId)
    .orderBy('profile_id')
    .execute();
  expect(members.map(({ id }) => id)).toEqual([survivor, third].toSorted());
});
