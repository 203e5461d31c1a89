import { expect, test } from 'vitest';
import { VersionConflict } from '../../../platform/errors.ts';
import { aBrand, aStore, asActor } from '../../../testing/company.builders.ts';
import { useTestApp } from '../../../testing/create-test-app.ts';
import { refusal } from '../../../testing/orders.builders.ts';
import { staffActor } from '../../../testing/staff.builders.ts';
import { consentTexts } from '../record-consents.ts';
import { consentTextVersions } from '../texts/consent-text-versions.ts';
import { publishConsentText } from '../texts/publish-consent-text.ts';
import { archiveTopic, defineTopic, renameTopic } from './save-topic.ts';
import { consentTopics } from './topics.ts';

const it = useTestApp();

async function as(role: 'OWNER' | 'SUPPORT' = 'OWNER') {
  const ctx = it.app.context();
  return asActor(ctx, await staffActor(ctx, [role]));
}

const topic = async (code: string) =>
  (await consentTopics(it.app.context(), { archived: true })).find((one) => one.code === code);

test('every company starts with marketing, which may be renamed and never goes', async () => {
  const ctx = await as();
  const first = await topic('MARKETING');
  expect(first).toMatchObject({ nameRu: 'Акции и предложения', nameEn: 'Promotions and offers', version: 1 });
  const id = first?.id ?? '';
  await renameTopic(ctx, { id, version: 1, nameRu: 'Новости', nameEn: 'News' });
  expect(await refusal(archiveTopic(ctx, { id, version: 2, archived: true }))).toMatchObject({
    problems: [{ path: ['id'], code: 'MISMATCH' }],
  });
  expect(await topic('MARKETING')).toMatchObject({ nameRu: 'Новости', version: 2, archivedAt: null });
  const late = renameTopic(ctx, { id, version: 1, nameRu: 'Акции', nameEn: 'Sales' });
  expect(await refusal(late)).toBeInstanceOf(VersionConflict);
});

test('a topic is defined, put away and taken back; its code is its own', async () => {
  const ctx = await as();
  const names = { nameRu: 'События', nameEn: 'Events' };
  const id = await defineTopic(ctx, { code: 'EVENTS', ...names });
  await archiveTopic(ctx, { id, version: 1, archived: true });
  expect((await consentTopics(ctx)).some(({ code }) => code === 'EVENTS')).toBe(false);
  expect(await refusal(defineTopic(ctx, { code: 'EVENTS', ...names }))).toMatchObject({
    problems: [{ path: ['code'], code: 'DUPLICATE' }],
  });
  await archiveTopic(ctx, { id, version: 2, archived: false });
  expect(await topic('EVENTS')).toMatchObject({ id, ...names, version: 3, archivedAt: null });
  for (const code of ['events', '', 'A B', '__proto__'])
    expect(await refusal(defineTopic(ctx, { code, ...names }))).toMatchObject({
      problems: [{ path: ['code'], code: 'FORMAT' }],
    });
});

test('a new wording is the only one asked for; the old one stays on record', async () => {
  const ctx = await as();
  const brandId = await aBrand(ctx);
  const wording = { brandId, purpose: 'ADVERTISING' as const, required: false };
  const first = await publishConsentText(ctx, {
    ...wording,
    version: '1',
    text: 'Согласен получать\nписьма',
  });
  it.app.clock.advance(60_000);
  const changedAt = it.app.clock.now();
  const second = await publishConsentText(ctx, {
    ...wording,
    version: '2',
    text: 'Согласен получать письма и SMS',
  });
  expect((await consentTexts(ctx, [brandId])).map(({ id }) => id)).toEqual([second]);
  const versions = await consentTextVersions(ctx, { brandId });
  expect(versions.map(({ id, retiredAt, text }) => [id, retiredAt, text])).toEqual([
    [second, null, 'Согласен получать письма и SMS'],
    [first, changedAt, 'Согласен получать\nписьма'],
  ]);
  expect(await consentTextVersions(ctx, { brandId, purpose: 'PROCESSING' })).toEqual([]);
  const same = publishConsentText(ctx, { ...wording, version: '2', text: 'Другое' });
  expect(await refusal(same)).toMatchObject({ problems: [{ path: ['version'], code: 'DUPLICATE' }] });
  expect((await consentTexts(ctx, [brandId])).map(({ id }) => id)).toEqual([second]);
});

test('support reads texts and topics, and changes none; the owner of a brand writes for it alone', async () => {
  const support = await as('SUPPORT');
  const brandId = await aBrand(support);
  const text = { brandId, purpose: 'PROCESSING' as const, version: '1', text: 'Согласие', required: true };
  const attempts = [
    publishConsentText(support, text),
    defineTopic(support, { code: 'SPORT', nameRu: 'Спорт', nameEn: 'Sport' }),
  ];
  for (const attempt of attempts) expect(await refusal(attempt)).toMatchObject({ code: 'FORBIDDEN' });
  const ctx = it.app.context();
  const store = await aStore(ctx);
  const ofBrand = asActor(ctx, await staffActor(ctx, ['OWNER'], { brandId: store.brandId }));
  expect(await refusal(publishConsentText(ofBrand, text))).toMatchObject({
    problems: [{ path: ['brandId'], code: 'UNKNOWN' }],
  });
  await publishConsentText(ofBrand, { ...text, brandId: store.brandId });
  expect((await consentTextVersions(ofBrand)).map((one) => one.brandId)).toEqual([store.brandId]);
});
