import type { Context } from '../../platform/context.ts';
import { contactsForFile } from '../../profiles/index.ts';

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

/** In the order of the ids; whoever was erased or merged away meanwhile is left out. */
export async function memberCells(ctx: Context, profileIds: readonly string[]): Promise<string[][]> {
  const profiles = await ctx.sql
    .selectFrom('profile')
    .selectAll()
    .where('id', 'in', [...profileIds])
    .where('erased_at', 'is', null)
    .where('merged_into', 'is', null)
    .orderBy('id')
    .execute();
  const phones = await contactsForFile(ctx, 'PHONE', profileIds);
  const emails = await contactsForFile(ctx, 'EMAIL', profileIds);
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
