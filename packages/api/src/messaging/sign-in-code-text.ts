import type { MessageChannel } from './message.ts';

const WORDS = {
  ru: {
    subject: 'Код подтверждения',
    text: (code: string) => `Код ${code} — подтверждение номера в программе лояльности.`,
  },
  en: {
    subject: 'Your confirmation code',
    text: (code: string) => `Code ${code} confirms your number in the loyalty program.`,
  },
};

/** The code is the only number in the text, and the text fits one SMS of 70 Cyrillic characters. */
export function signInCodeText(
  code: string,
  language: string,
  channel: MessageChannel,
): { subject: string | null; text: string } {
  const words = language === 'en' ? WORDS.en : WORDS.ru;
  return { subject: channel === 'EMAIL' ? words.subject : null, text: words.text(code) };
}
