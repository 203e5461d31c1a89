import { presetSettings } from '@clientele/shared/receipt';
import { expect, test } from 'vitest';
import { InvalidInput, RequestError, VersionConflict } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { aBrand, aStore, asActor } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { aProgram } from '../../testing/loyalty.builders.ts';
import { refusal } from '../../testing/orders.builders.ts';
import { staffActor, type StaffPlaces } from '../../testing/staff.builders.ts';
import { findProgram, modeAt, setProgramMode, versionAt } from '../index.ts';
import { readDraft, readVersions } from './read-versions.ts';
import { discardProgramDraft, publishProgramDraft, saveProgramDraft } from './save-draft.ts';
import { startProgram } from './start-program.ts';
import { cancelPlannedVersion } from './withdraw-version.ts';

const it = useTestApp();
const DAY_MS = 86_400_000;

async function marketer(places: StaffPlaces = {}) {
  const ctx = it.app.context();
  return asActor(ctx, await staffActor(ctx, ['MARKETER'], places));
}

/** The preset with other points for a step. */
function granting(points: number) {
  return {
    ...presetSettings,
    earningRules: [
      { code: 'purchase', type: 'AMOUNT_STEP' as const, steps: { RUB: { stepMinor: 10_000, points } } },
    ],
  };
}

async function theProgram(ctx: Awaited<ReturnType<typeof marketer>>, id: string) {
  const program = await findProgram(ctx, id);
  if (program === null) throw new Error('the program is gone');
  return program;
}

function inDays(days: number): Date {
  return new Date(it.app.clock.now().getTime() + days * DAY_MS);
}

async function auditOf(programId: string) {
  return it.app
    .context()
    .sql.selectFrom('audit_entry')
    .select(['action', 'facts'])
    .where('subject', '=', `program:${programId}`)
    .orderBy('id')
    .execute();
}

test('a draft is kept however wrong it is, and says what is wrong', async () => {
  const ctx = await marketer({ name: 'Ольга' });
  const programId = await aProgram(ctx);
  expect(await saveProgramDraft(ctx, { programId, version: 0, settings: { freezeDays: -1 } })).toBe(1);
  const draft = await readDraft(ctx, { id: programId });
  expect(draft).toMatchObject({ version: 1, settings: { freezeDays: -1 }, changedBy: 'Ольга' });
  expect(draft.problems).toContainEqual({
    path: ['freezeDays'],
    code: 'RANGE',
    message: expect.stringContaining('from 0') as unknown,
  });
  const refused = await refusal(publishProgramDraft(ctx, { programId, version: 1 }));
  expect(refused).toBeInstanceOf(InvalidInput);
  expect((await readDraft(ctx, { id: programId })).version).toBe(1);
});

test('of two editors the later is told who was first, and changes nothing', async () => {
  const [first, second] = [await marketer({ name: 'Ольга' }), await marketer()];
  const programId = await aProgram(first);
  await saveProgramDraft(first, { programId, version: 0, settings: granting(5) });
  const late = await refusal(saveProgramDraft(second, { programId, version: 0, settings: granting(6) }));
  expect(late).toBeInstanceOf(VersionConflict);
  expect(late).toMatchObject({ version: 1, changedBy: 'Ольга', changedAt: it.app.clock.now() });
  expect((await readDraft(first, { id: programId })).settings).toEqual(granting(5));
});

test('a draft cannot hold what the database cannot keep', async () => {
  const ctx = await marketer();
  const programId = await aProgram(ctx);
  for (const settings of [null, [], 'rules', { name: '\u0000' }, { a: 'x'.repeat(300_001) }]) {
    expect(await refusal(saveProgramDraft(ctx, { programId, version: 0, settings }))).toBeInstanceOf(
      InvalidInput,
    );
  }
  expect((await readDraft(ctx, { id: programId })).version).toBe(0);
});

test('publishing makes the draft the rules, with author, note and the difference in the audit', async () => {
  const ctx = await marketer({ name: 'Ольга' });
  const programId = await aProgram(ctx);
  await saveProgramDraft(ctx, { programId, version: 0, settings: granting(5) });
  await publishProgramDraft(ctx, { programId, version: 1, note: 'К празднику' });
  const program = await theProgram(ctx, programId);
  expect(versionAt(program, it.app.clock.now())?.settings.earningRules).toEqual(granting(5).earningRules);
  const versions = await readVersions(ctx, program);
  expect(versions.map(({ number, state, author, note }) => ({ number, state, author, note }))).toEqual([
    { number: 2, state: 'HOLDS', author: 'Ольга', note: 'К празднику' },
    { number: 1, state: 'PAST', author: 'Ольга', note: null },
  ]);
  expect(await readDraft(ctx, program)).toMatchObject({ version: 2, settings: null });
  expect((await auditOf(programId)).at(-1)).toEqual({
    action: 'program.published',
    facts: {
      number: 2,
      validFrom: it.app.clock.now().toISOString(),
      before: { earningRules: presetSettings.earningRules },
      after: { earningRules: granting(5).earningRules },
    },
  });
  expect(await refusal(publishProgramDraft(ctx, { programId, version: 2 }))).toMatchObject({
    problems: [{ path: ['version'], code: 'UNKNOWN' }],
  });
});

test('a planned version is seen, may be overtaken by an earlier one, and is withdrawn before it begins', async () => {
  const ctx = await marketer({ name: 'Ольга' });
  const programId = await aProgram(ctx);
  await saveProgramDraft(ctx, { programId, version: 0, settings: granting(5) });
  await publishProgramDraft(ctx, { programId, version: 1, validFrom: inDays(10) });
  await saveProgramDraft(ctx, { programId, version: 2, settings: granting(4) });
  await publishProgramDraft(ctx, { programId, version: 3 });
  const numberAt = async (at: Date) => versionAt(await theProgram(ctx, programId), at)?.number;
  expect(await numberAt(inDays(9))).toBe(3);
  expect(await numberAt(inDays(10))).toBe(2);
  await cancelPlannedVersion(ctx, { programId, number: 2 });
  await cancelPlannedVersion(ctx, { programId, number: 2 });
  expect(await numberAt(inDays(10))).toBe(3);
  const sqlVersion = await ctx.database.pool.query<{ number: number }>(
    'select number from public.loyalty_version_at($1, $2)',
    [programId, inDays(11)],
  );
  expect(sqlVersion.rows).toEqual([{ number: 3 }]);
  const [, planned] = await readVersions(ctx, { id: programId });
  expect(planned).toMatchObject({ number: 2, state: 'WITHDRAWN', withdrawnBy: 'Ольга' });
  expect(
    (await auditOf(programId)).filter(({ action }) => action === 'program.version-withdrawn'),
  ).toHaveLength(1);
});

test('what holds is not withdrawn, and two versions never begin at one moment unless one was withdrawn', async () => {
  const ctx = await marketer();
  const programId = await aProgram(ctx);
  expect(await refusal(cancelPlannedVersion(ctx, { programId, number: 1 }))).toMatchObject({
    problems: [{ path: ['number'], code: 'RANGE' }],
  });
  const plan = async (version: number, points: number) => {
    await saveProgramDraft(ctx, { programId, version, settings: granting(points) });
    return publishProgramDraft(ctx, { programId, version: version + 1, validFrom: inDays(3) });
  };
  await plan(0, 5);
  expect(await refusal(plan(2, 6))).toMatchObject({ problems: [{ path: ['validFrom'], code: 'DUPLICATE' }] });
  await cancelPlannedVersion(ctx, { programId, number: 2 });
  await publishProgramDraft(ctx, { programId, version: 3, validFrom: inDays(3) });
  expect(versionAt(await theProgram(ctx, programId), inDays(3))?.number).toBe(3);
});

test('a draft is thrown away only by who saw it', async () => {
  const ctx = await marketer();
  const programId = await aProgram(ctx);
  await saveProgramDraft(ctx, { programId, version: 0, settings: granting(5) });
  expect(await refusal(discardProgramDraft(ctx, { programId, version: 0 }))).toBeInstanceOf(VersionConflict);
  await discardProgramDraft(ctx, { programId, version: 1 });
  expect(await readDraft(ctx, { id: programId })).toMatchObject({ version: 2, settings: null, problems: [] });
});

test('stores without a spending code are stores of the brand', async () => {
  const ctx = await marketer();
  const [own, foreign] = [await aStore(ctx), await aStore(ctx)];
  const programId = await aProgram(ctx, { brandId: own.brandId });
  const settings = (storeId: string) => ({
    ...presetSettings,
    redemption: {
      ...presetSettings.redemption,
      code: { ...presetSettings.redemption.code, neverAtStoreIds: [storeId] },
    },
  });
  await saveProgramDraft(ctx, { programId, version: 0, settings: settings(foreign.id) });
  expect(await refusal(publishProgramDraft(ctx, { programId, version: 1 }))).toMatchObject({
    problems: [{ path: ['settings', 'redemption', 'code', 'neverAtStoreIds', '0'], code: 'UNKNOWN' }],
  });
  await saveProgramDraft(ctx, { programId, version: 1, settings: settings(own.id) });
  await publishProgramDraft(ctx, { programId, version: 2 });
});

test('the mode is set by who saw it last, and noted with what was before', async () => {
  const ctx = await marketer();
  const programId = await aProgram(ctx, { mode: 'EARN_ONLY' });
  await setProgramMode(ctx, { programId, version: 1, mode: 'EARN_ONLY', liveAt: inDays(2) });
  const program = await theProgram(ctx, programId);
  expect([modeAt(program, inDays(1)), modeAt(program, inDays(2))]).toEqual(['EARN_ONLY', 'LIVE']);
  expect(await refusal(setProgramMode(ctx, { programId, version: 1, mode: 'OFF' }))).toBeInstanceOf(
    VersionConflict,
  );
  expect((await auditOf(programId)).at(-1)).toEqual({
    action: 'program.mode-set',
    facts: { before: { liveAt: null }, after: { liveAt: inDays(2).toISOString() } },
  });
});

test('a brand without a program gets one of the preset, switched off; a second one is refused', async () => {
  const ctx = await marketer();
  const brandId = await aBrand(ctx);
  const fields = { brandId, name: 'Бонусы', timezone: 'Asia/Almaty', fiscalMode: 'DISCOUNT' as const };
  const program = await theProgram(ctx, await startProgram(ctx, fields));
  expect(program).toMatchObject({
    brandId,
    name: 'Бонусы',
    mode: 'OFF',
    liveAt: null,
    timezone: 'Asia/Almaty',
  });
  expect(program.versions[0]?.settings).toEqual({ ...presetSettings, timezone: 'Asia/Almaty' });
  expect(await refusal(startProgram(ctx, fields))).toMatchObject({
    problems: [{ path: ['brandId'], code: 'DUPLICATE' }],
  });
  for (const [wrong, path] of [
    [{ name: ' ' }, 'name'],
    [{ timezone: 'Europe/Atlantis' }, 'timezone'],
    [{ brandId: newId() }, 'brandId'],
  ] as const) {
    expect(await refusal(startProgram(ctx, { ...fields, ...wrong }))).toMatchObject({
      problems: [{ path: [path] }],
    });
  }
});

test('whose role holds in another brand or in one store changes nothing', async () => {
  const ctx = it.app.context();
  const [own, other] = [await aStore(ctx), await aStore(ctx)];
  const programId = await aProgram(ctx, { brandId: own.brandId });
  const save = { programId, version: 0, settings: granting(5) };
  expect(await refusal(saveProgramDraft(await marketer({ brandId: other.brandId }), save))).toMatchObject({
    problems: [{ path: ['programId'], code: 'UNKNOWN' }],
  });
  const manager = asActor(ctx, await staffActor(ctx, ['STORE_MANAGER'], { storeIds: [own.id] }));
  expect(await refusal(saveProgramDraft(manager, save))).toBeInstanceOf(RequestError);
  expect(await saveProgramDraft(await marketer({ brandId: own.brandId }), save)).toBe(1);
});
