import { expect, test } from 'vitest';
import { writeSetting } from '../../company/index.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { globalId } from '../../platform/graphql/global-id.ts';
import { newId } from '../../platform/ids.ts';
import { SHOPPER_ROWS } from '../../shopper-rows.ts';
import { asActor } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { merge, undo } from '../../testing/merges.builders.ts';
import { staffActor } from '../../testing/staff.builders.ts';
import { addIdentity } from '../identities/add-identity.ts';
import { emailIdentity, phoneIdentity } from '../identities/identity.ts';
import { resolveProfile } from '../identities/resolve-profile.ts';
import { NOTHING_KNOWN, type KnownPerson } from '../person/apply-patch.ts';
import { createPerson } from '../person/create-person.ts';
import { checkDue, lookForDuplicates } from './check-due.ts';
import { decideDuplicate } from './decide-duplicate.ts';
import { DUPLICATE_SETTINGS } from './duplicate-settings.ts';
import { noteIdentityConflict } from './identity-conflicts.ts';
import { listCandidates } from './list-candidates.ts';
import { scanDuplicates } from './scan-duplicates.ts';

const it = useTestApp();

let numbers = 0;

async function staff() {
  const ctx = it.app.context();
  return asActor(ctx, await staffActor(ctx, ['MARKETER']));
}

/** A person as the outbox tells of them. */
async function aPerson(
  person: Partial<KnownPerson> & { phone?: string; email?: string; verified?: boolean },
): Promise<string> {
  const ctx = it.app.context();
  const { phone, email, verified = false, ...known } = person;
  const id = await createPerson(ctx, { ...NOTHING_KNOWN, ...known }, { preferredStoreId: null });
  const verifiedAt = verified ? ctx.clock.now() : null;
  for (const identity of [phone ? phoneIdentity(phone, 'RU') : null, email ? emailIdentity(email) : null])
    if (identity !== null) await addIdentity(ctx, { profileId: id, identity, verifiedAt, first: true });
  await told('profile.created', id);
  return id;
}

async function told(kind: string, profileId: string, payload: Record<string, unknown> = {}): Promise<void> {
  const event = { id: newId(), kind, profileId, payload, occurredAt: it.app.clock.now() };
  await inTransaction(it.app.context(), (tx) => lookForDuplicates.handle(tx, event));
}

/** Digits nobody else's phone begins with. */
function digits(): string {
  numbers += 1;
  return `+7${916 + Math.floor(numbers / 10)}${numbers % 10}`;
}

async function queueOf(...ids: string[]) {
  const { edges } = await listCandidates(await staff(), { first: 100 });
  return edges
    .map(({ node }) => node)
    .filter(({ lowId, highId }) => ids.includes(lowId) && ids.includes(highId));
}

const levels = (evidence: readonly { kind: string; level: string; swapped: boolean }[]) =>
  evidence.map(({ kind, level, swapped }) => `${kind} ${level}${swapped ? ' swapped' : ''}`);

test('a wrong digit, ё, Latin letters, swapped names: found, with what spoke for it', async () => {
  const [a, b, c, d] = [digits(), digits(), digits(), digits()];
  const pairs: [string, string, string[]][] = [
    [
      await aPerson({ givenName: 'Пётр', familyName: 'Королёв', phone: `${a}345678` }),
      await aPerson({ givenName: 'Петр', familyName: 'Королев', phone: `${a}345676` }),
      ['GIVEN_NAME SAME', 'FAMILY_NAME SAME', 'PHONE NEAR'],
    ],
    [
      await aPerson({
        givenName: 'Юлия',
        familyName: 'Щербакова',
        birthDate: '1988-03-04',
        phone: `${b}111111`,
      }),
      await aPerson({
        givenName: 'Yulia',
        familyName: 'Shcherbakova',
        birthDate: '1988-03-04',
        phone: `${b}999999`,
      }),
      ['GIVEN_NAME NEAR', 'FAMILY_NAME NEAR', 'BIRTH_DATE SAME', 'PHONE DIFFERENT'],
    ],
    [
      await aPerson({
        givenName: 'Захар',
        familyName: 'Мельниченко',
        birthDate: '1971-12-01',
        phone: `${c}222222`,
      }),
      await aPerson({
        givenName: 'Мельниченко',
        familyName: 'Захар',
        birthDate: '1971-12-01',
        phone: `${c}777777`,
      }),
      ['GIVEN_NAME NEAR swapped', 'FAMILY_NAME NEAR swapped', 'BIRTH_DATE SAME', 'PHONE DIFFERENT'],
    ],
    [
      await aPerson({
        givenName: 'Мария',
        familyName: 'Гончарова',
        email: 'goncharova.m@yandex.ru',
        phone: `${d}333333`,
      }),
      await aPerson({
        givenName: 'Маша',
        familyName: 'Гончарова',
        email: 'goncharova.m@yandex.com',
        phone: `${d}888888`,
      }),
      ['GIVEN_NAME NEAR', 'FAMILY_NAME SAME', 'PHONE DIFFERENT', 'EMAIL NEAR'],
    ],
  ];
  await checkDue(it.app.context());
  for (const [one, other, reasons] of pairs) {
    const [candidate] = await queueOf(one, other);
    expect(levels(candidate?.evidence ?? [])).toEqual(reasons);
    expect(candidate?.probability).toBeGreaterThan(0.9);
    expect(candidate?.state).toBe('OPEN');
  }
});

test('strangers who share a family name, a city or a birthday are not asked about', async () => {
  const ids = [
    await aPerson({
      givenName: 'Олег',
      familyName: 'Сидоров',
      birthDate: '1990-05-05',
      phone: `${digits()}451278`,
    }),
    await aPerson({
      givenName: 'Тамара',
      familyName: 'Сидорова',
      birthDate: '1990-05-05',
      phone: `${digits()}905634`,
    }),
    await aPerson({
      givenName: 'Руслан',
      familyName: 'Ким',
      attributes: { city: 'Тверь' },
      phone: `${digits()}117755`,
    }),
    await aPerson({
      givenName: 'Жанна',
      familyName: 'Ким',
      attributes: { city: 'Тверь' },
      phone: `${digits()}682200`,
    }),
  ];
  await checkDue(it.app.context());
  expect(await queueOf(...ids)).toEqual([]);
});

test('two people once told apart are never offered again; put off is another matter', async () => {
  const prefix = digits();
  const twins = [
    await aPerson({ givenName: 'Ефим', familyName: 'Барышников', phone: `${prefix}111222` }),
    await aPerson({ givenName: 'Ефим', familyName: 'Барышников', phone: `${prefix}111223` }),
  ] as const;
  const ctx = await staff();
  await checkDue(ctx);
  const candidateId = twins.join(':');
  await decideDuplicate(ctx, { candidateId, decision: 'SKIPPED' });
  expect(await queueOf(...twins)).toEqual([]);
  await decideDuplicate(ctx, { candidateId, decision: 'OPEN' });
  expect(await queueOf(...twins)).toHaveLength(1);
  await decideDuplicate(ctx, { candidateId, decision: 'NOT_SAME' });
  await told('profile.updated', twins[0], { fields: ['familyName'] });
  await checkDue(ctx);
  await scanDuplicates.run(ctx, {}, () => undefined, new AbortController().signal, { id: newId() });
  expect(await queueOf(...twins)).toEqual([]);
});

test('merged they leave the queue; an undone merge puts them back, or settles it', async () => {
  const prefix = digits();
  const twins = [
    await aPerson({ givenName: 'Глеб', familyName: 'Воротников', phone: `${prefix}101010` }),
    await aPerson({ givenName: 'Глеб', familyName: 'Воротников', phone: `${prefix}101011` }),
  ] as const;
  const ctx = await staff();
  await checkDue(ctx);
  const [before] = await queueOf(...twins);
  const { mergeId } = await merge(ctx, twins[0], twins[1]);
  expect(await queueOf(...twins)).toEqual([]);
  await undo(ctx, mergeId);
  expect((await queueOf(...twins))[0]).toMatchObject({
    probability: before?.probability,
    evidence: before?.evidence,
  });
  const again = await merge(ctx, twins[0], twins[1]);
  await undo(ctx, again.mergeId, { notSame: true });
  expect(await queueOf(...twins)).toEqual([]);
  expect(
    (await listCandidates(ctx, { state: 'NOT_SAME', first: 100 })).edges.map(({ node }) => node),
  ).toContainEqual(expect.objectContaining({ lowId: twins[0], highId: twins[1], state: 'NOT_SAME' }));
});

async function conflict(...profileIds: string[]): Promise<void> {
  const payload = { profileIds, identityKinds: ['EMAIL'], source: 'shop' };
  const event = {
    id: newId(),
    kind: 'identity.conflict',
    profileId: profileIds[0] ?? '',
    payload,
    occurredAt: it.app.clock.now(),
  };
  await inTransaction(it.app.context(), (tx) => noteIdentityConflict(SHOPPER_ROWS).handle(tx, event));
}

async function survivorOf(id: string) {
  return (await resolveProfile(it.app.context(), { by: 'ID', id }))?.id;
}

test('one proven contact of two people makes them one; what speaks against it, or a setting, asks first', async () => {
  const proven = { verified: true };
  const same = [
    await aPerson({ ...proven, givenName: 'Инна', phone: `${digits()}444555` }),
    await aPerson({ ...proven, givenName: 'Инна', email: `inna-${newId()}@mail.ru` }),
  ] as const;
  await conflict(...same);
  expect(await survivorOf(same[1])).toBe(same[0]);

  const named = [
    await aPerson({ ...proven, givenName: 'Инна', birthDate: '1990-01-01', phone: `${digits()}666777` }),
    await aPerson({
      ...proven,
      givenName: 'Инна',
      birthDate: '1991-01-01',
      email: `inna-${newId()}@mail.ru`,
    }),
  ] as const;
  const said = [
    await aPerson({ givenName: 'Инна', phone: `${digits()}888999` }),
    await aPerson({ ...proven, givenName: 'Инна', email: `inna-${newId()}@mail.ru` }),
  ] as const;
  const asked = [
    await aPerson({ ...proven, givenName: 'Инна', phone: `${digits()}121314` }),
    await aPerson({ ...proven, givenName: 'Инна', email: `inna-${newId()}@mail.ru` }),
  ] as const;
  await conflict(...named);
  await conflict(...said);
  await writeSetting(it.app.context(), DUPLICATE_SETTINGS, { askFrom: 0.5, mergeExact: false });
  await conflict(...asked);
  await writeSetting(it.app.context(), DUPLICATE_SETTINGS, DUPLICATE_SETTINGS.initial);
  for (const [one, other] of [named, said, asked]) {
    expect(await survivorOf(other)).toBe(other);
    const [candidate] = await queueOf(one, other);
    expect(candidate).toMatchObject({ claimed: ['EMAIL'], state: 'OPEN' });
    expect(candidate?.probability).toBeGreaterThanOrEqual(0.9);
  }
});

test('parted by hand they are never joined without one', async () => {
  const ctx = await staff();
  const two = [
    await aPerson({ verified: true, givenName: 'Зоя', phone: `${digits()}515253` }),
    await aPerson({ verified: true, givenName: 'Зоя', email: `zoya-${newId()}@mail.ru` }),
  ] as const;
  await conflict(...two);
  const merged = await ctx.sql
    .selectFrom('profile_merge')
    .select('id')
    .where('other_id', '=', two[1])
    .executeTakeFirstOrThrow();
  await undo(ctx, merged.id);
  await conflict(...two);
  expect(await survivorOf(two[1])).toBe(two[1]);
  expect(await queueOf(...two)).toHaveLength(1);
});

test('who may not merge sees no queue; the store manager neither', async () => {
  const ctx = it.app.context();
  for (const role of ['ANALYST', 'STORE_MANAGER', 'SALES_ASSISTANT', 'INTEGRATOR'] as const) {
    const actor = asActor(ctx, await staffActor(ctx, [role]));
    await expect(listCandidates(actor, {})).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(merge(actor, newId(), newId())).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(undo(actor, newId())).rejects.toMatchObject({ code: 'FORBIDDEN' });
  }
  await expect(
    decideDuplicate(await staff(), { candidateId: globalId('Profile', newId()), decision: 'NOT_SAME' }),
  ).rejects.toMatchObject({ problems: [{ path: ['candidateId'], code: 'UNKNOWN' }] });
});

test('what stands in the tables of matching tells nobody’s name or number', async () => {
  const prefix = digits();
  await aPerson({ givenName: 'Элеонора', familyName: 'Преображенская', phone: `${prefix}606061` });
  await aPerson({ givenName: 'Элеонора', familyName: 'Преображенская', phone: `${prefix}606062` });
  const ctx = it.app.context();
  await checkDue(ctx);
  const tokens = await ctx.sql.selectFrom('duplicate_token').selectAll().execute();
  const candidates = await ctx.sql.selectFrom('duplicate_candidate').selectAll().execute();
  const text = JSON.stringify([tokens, candidates]).toLowerCase();
  for (const secret of ['элеонора', 'преображенск', 'preobr', '606061', prefix.slice(1)])
    expect(text).not.toContain(secret);
  expect(tokens.length).toBeGreaterThan(10);
});
