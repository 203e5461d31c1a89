import { expect, test } from 'vitest';
import { companyJobs } from '../../company/index.ts';
import { aCashier } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { aPhone, aShopper } from '../../testing/profiles.builders.ts';
import { ask } from '../../testing/shopper-operations.ts';
import { forgetVisits } from './forget-visits.ts';

const it = useTestApp();

test('codes are forgotten after two days, limits after three, visits after ninety', async () => {
  const ctx = it.app.context();
  const { token } = await aCashier(ctx);
  const { phone } = await aShopper(ctx);
  await ask(it.app, token, 'identify', { phone: aPhone() });
  await ask(it.app, token, 'identify', { phone, verify: false });
  const left = async () => {
    for (const job of companyJobs) await job.run(ctx, {});
    await forgetVisits(ctx);
    const counted = (table: 'sign_in_challenge' | 'usage_counter' | 'visit') =>
      ctx.sql.selectFrom(table).selectAll().execute();
    const [challenges, limits, visits] = await Promise.all([
      counted('sign_in_challenge'),
      counted('usage_counter'),
      counted('visit'),
    ]);
    return [challenges.length, limits.length > 0, visits.length];
  };
  it.app.clock.advance(2 * 86_400_000);
  expect(await left()).toEqual([1, true, 1]);
  it.app.clock.advance(86_400_000 + 1);
  expect(await left()).toEqual([0, false, 1]);
  it.app.clock.advance(90 * 86_400_000);
  expect(await left()).toEqual([0, false, 0]);
});
