import { expect, test } from 'vitest';
import { upsertProfiles } from '../../profiles/index.ts';
import { readTask } from '../../platform/tasks/index.ts';
import { asActor, asSystem } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { aFreshPhone } from '../../testing/records.builders.ts';
import { staffActor } from '../../testing/staff.builders.ts';
import { runTasks } from '../../testing/tasks.builders.ts';
import { lastHygieneReport, startHygieneReport } from './hygiene-task.ts';

const server = useTestApp();

test('a base is looked over: what is missing, what is doubtful, by source, and what waits refused', async () => {
  const ctx = asSystem(server.app.context());
  expect(await lastHygieneReport(ctx)).toBeNull();
  const whole = { familyName: 'Иванова', birthDate: '1990-05-05', gender: 'FEMALE' as const };
  await upsertProfiles(ctx, {
    requestId: null,
    source: 'crm',
    profiles: [
      { externalId: '1', phones: [aFreshPhone()], emails: ['one@example.com'], givenName: 'Мария', ...whole },
      { externalId: '2', phones: [aFreshPhone()], givenName: 'Тест', birthDate: '1915-01-01' },
      { externalId: '3' },
      { externalId: '4', phones: ['не телефон'] },
      { externalId: '5', emails: ['no'], phones: ['12'] },
    ],
  });
  await upsertProfiles(ctx, {
    requestId: null,
    source: 'site',
    profiles: [{ externalId: 'a', emails: ['two@example.com'], givenName: 'П', birthDate: '2020-01-01' }],
  });
  const staff = asActor(ctx, await staffActor(ctx, ['MARKETER']));
  const id = await startHygieneReport(staff);
  await runTasks(ctx);
  expect(await readTask(staff, id)).toMatchObject({ state: 'DONE', done: 4, total: 4 });

  const report = await lastHygieneReport(staff);
  const plain = (facts: readonly { code: string; count: number }[] = []) =>
    Object.fromEntries(facts.map(({ code, count }) => [code, count]));
  expect(report?.people).toBe(4);
  expect(plain(report?.facts)).toEqual({
    NO_PHONE: 2,
    NO_EMAIL: 2,
    NO_CONTACT: 1,
    NO_GIVEN_NAME: 1,
    NO_FAMILY_NAME: 3,
    NO_BIRTH_DATE: 1,
    NO_GENDER: 3,
    NO_CONSENT: 4,
    PHONE_NOT_VERIFIED: 2,
    NAME_DOUBTFUL: 2,
    BIRTH_DATE_DOUBTFUL: 2,
  });
  expect(
    report?.sources.map(({ source, people, facts }) => [source, people, plain(facts)['NO_PHONE']]),
  ).toEqual([
    ['crm', 3, 1],
    ['site', 1, 1],
  ]);
  expect(report?.refused).toEqual([{ source: 'crm', records: 2, invalidPhones: 2, invalidEmails: 1 }]);
  expect(report?.duplicates).toEqual({ pairs: 0, people: 0 });
  expect(report?.at).toEqual(server.app.clock.now());
});
