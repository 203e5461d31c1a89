import { presetSettings } from '@clientele/shared/receipt';
import { describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { aProgram } from '../../testing/loyalty.builders.ts';
import {
  findProgram,
  modeAt,
  programOfBrand,
  publishProgramVersion,
  setProgramMode,
  versionAt,
} from '../index.ts';

const test = useTestApp();

describe('the version of a program', () => {
  it('is the one valid when the purchase was made, however late it is recorded (E10)', async () => {
    const ctx = test.app.context();
    const start = new Date(ctx.clock.now().getTime() + 86_400_000);
    const id = await aProgram(ctx, { validFrom: new Date('2026-01-01T00:00:00Z') });
    await publishProgramVersion(ctx, {
      programId: id,
      settings: { ...presetSettings, freezeDays: 7 },
      validFrom: start,
    });
    const program = await findProgram(ctx, id);
    if (program === null) throw new Error('the program is gone');
    const numberAt = (at: Date) => versionAt(program, at)?.number ?? null;
    expect(numberAt(new Date('2025-12-31T23:59:59Z'))).toBeNull();
    expect(numberAt(ctx.clock.now())).toBe(1);
    expect(numberAt(new Date(start.getTime() - 1))).toBe(1);
    expect(numberAt(start)).toBe(2);
    expect(versionAt(program, start)?.settings.freezeDays).toBe(7);
  });

  it('is never changed, and never published into the past', async () => {
    const ctx = test.app.context();
    const id = await aProgram(ctx);
    const yesterday = new Date(ctx.clock.now().getTime() - 86_400_000);
    await expect(
      publishProgramVersion(ctx, { programId: id, settings: presetSettings, validFrom: yesterday }),
    ).rejects.toMatchObject({ problems: [{ path: ['validFrom'], code: 'RANGE' }] });
    await expect(
      ctx.sql.updateTable('program_version').set({ number: 9 }).where('program_id', '=', id).execute(),
    ).rejects.toThrow('permission denied');
  });

  it('is refused by the path of what is wrong', async () => {
    const ctx = test.app.context();
    const id = await aProgram(ctx);
    await expect(
      publishProgramVersion(ctx, { programId: id, settings: { ...presetSettings, freezeDays: -1 } }),
    ).rejects.toMatchObject({ problems: [{ path: ['settings', 'freezeDays'], code: 'RANGE' }] });
    await expect(
      publishProgramVersion(ctx, { programId: id, settings: { ...presetSettings, timezone: 'Asia/Almaty' } }),
    ).rejects.toMatchObject({ problems: [{ path: ['settings', 'timezone'], code: 'MISMATCH' }] });
  });
});

describe('the mode of a program', () => {
  it('becomes LIVE by itself at its instant (E15)', async () => {
    const ctx = test.app.context();
    const brandId = newId();
    const liveAt = new Date('2026-12-01T06:00:00Z');
    const id = await aProgram(ctx, { brandId, mode: 'EARN_ONLY', liveAt });
    const program = await programOfBrand(ctx, brandId);
    if (program === null) throw new Error('the program is gone');
    expect(program.id).toBe(id);
    expect(modeAt(program, new Date(liveAt.getTime() - 1))).toBe('EARN_ONLY');
    expect(modeAt(program, liveAt)).toBe('LIVE');
  });

  it('is changed for everybody at once', async () => {
    const ctx = test.app.context();
    const id = await aProgram(ctx);
    const modeNow = async () => {
      const program = await findProgram(ctx, id);
      return program && modeAt(program, ctx.clock.now());
    };
    expect(await modeNow()).toBe('LIVE');
    await setProgramMode(ctx, { programId: id, mode: 'EARN_ONLY' });
    expect(await modeNow()).toBe('EARN_ONLY');
    await setProgramMode(ctx, { programId: id, mode: 'OFF' });
    expect(await modeNow()).toBe('OFF');
    await setProgramMode(ctx, { programId: id, mode: 'LIVE' });
    expect(await modeNow()).toBe('LIVE');
    const told = await ctx.sql
      .selectFrom('outbox_event')
      .select('payload')
      .where('kind', '=', 'program.changed')
      .execute();
    expect(told.filter((event) => event.payload['programId'] === id)).toHaveLength(3);
  });
});
