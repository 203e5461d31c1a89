import { expect } from 'vitest';
import type { Admin } from './admin.ts';

export interface FileOfStory {
  name: string;
  bytes: Buffer;
  source: string;
}

/**
 * Through the wizard as a person goes: choose the file, agree with the guessed columns, look at the check, run.
 * Ends on the page of the finished run. @returns its path in the admin
 */
export async function importFile(admin: Admin, { name, bytes, source }: FileOfStory): Promise<string> {
  await admin.open('/data/imports/new');
  await admin.byName('file').setInputFiles({ name, mimeType: 'text/csv', buffer: bytes });
  await admin.byName('source').locator('input').fill(source);
  await admin.byName('primary').click();
  await admin.byName('checked').waitFor();
  await admin.byName('run').click();
  await admin.byName('result').waitFor();
  return new URL(admin.page.url()).pathname.replace(/^\/admin/, '');
}

/** The number in one of the report's boxes; 0 where the box is not shown. */
export async function counted(admin: Admin, status: string): Promise<number> {
  const box = admin.byName(`count-${status}`).locator('dd');
  if ((await box.count()) === 0) return 0;
  return Number((await box.textContent())?.replaceAll(/\D/g, ''));
}

/** Cyrillic as old cash registers and spreadsheets write it. */
export function windows1251(text: string): Buffer {
  const bytes = [...text].map((letter) => {
    const code = letter.codePointAt(0) ?? 0;
    if (code < 0x80) return code;
    if (letter === 'Ё') return 0xa8;
    if (letter === 'ё') return 0xb8;
    if (letter === '№') return 0xb9;
    expect(letter).toMatch(/[А-я]/);
    return code - 0x350;
  });
  return Buffer.from(bytes);
}
