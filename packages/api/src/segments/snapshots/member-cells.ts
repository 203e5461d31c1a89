import { contactsShown } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';

export type FileLanguage = 'ru' | 'en';

export const MEMBER_HEADERS: Record<FileLanguage, string[]> = {
  ru: ['Фамилия', 'Имя', 'Отчество', 'Телефон', 'Эл. почта', 'Дата рождения', 'Пол', 'Метки', 'Создан'],
  en: [
    'Family name',
    'Given name',
    'Patronymic',
    'Phone',
    'E-mail',
    'Birth date',
    'Gender',
    'Tags',
    'Created',
  ],
};

/** In the order of the ids. */
export async function memberCells(ctx: Context, profileIds: readonly string[]): Promise<string[][]> {
  const profiles = await ctx.sql
    .selectFrom('profile')
    .selectAll()
    .where('id', 'in', [...profileIds])
    .orderBy('id')
    .execute();
  const phones = await contactsOf(ctx, 'PHONE', profileIds);
  const emails = await contactsOf(ctx, 'EMAIL', profileIds);
  return profiles.map((profile) => [
    profile.family_name ?? '',
    profile.given_name ?? '',
    profile.patronymic ?? '',
    phones.get(profile.id) ?? '',
    emails.get(profile.id) ?? '',
    profile.birth_date ?? '',
    profile.gender ?? '',
    profile.tags.join(', '),
    profile.created_at.toISOString(),
  ]);
}

/** The first of each, as the caller may see it. */
async function contactsOf(
  ctx: Context,
  kind: 'PHONE' | 'EMAIL',
  profileIds: readonly string[],
): Promise<Map<string, string>> {
  const shown = contactsShown(ctx.actor);
  if (shown === 'NONE') return new Map();
  const rows = await ctx.sql
    .selectFrom('identity')
    .distinctOn('profile_id')
    .select(['profile_id', 'sealed', 'masked'])
    .where('profile_id', 'in', [...profileIds])
    .where('kind', '=', kind)
    .orderBy('profile_id')
    .orderBy('position')
    .execute();
  return new Map(
    rows.map(({ profile_id: id, sealed, masked }) => [
      id,
      shown === 'FULL' ? ctx.vault.open(sealed) : masked,
    ]),
  );
}
