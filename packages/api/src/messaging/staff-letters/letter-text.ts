import { oneLine } from '../channels/smtp.ts';

export interface Letter {
  kind: 'INVITATION' | 'RESET';
  language: string;
  name: string;
  link: string;
}

/** Subject and text of a letter to staff; a name cannot break out of its line. */
export function letterText({ kind, language, name, link }: Letter): { subject: string; text: string } {
  const words = (language === 'en' ? EN : RU)[kind];
  const lines = [
    `${words.hello}, ${oneLine(name)}!`,
    '',
    words.why,
    '',
    link,
    '',
    words.until,
    words.otherwise,
  ];
  return { subject: words.subject, text: `${lines.join('\n')}\n` };
}

const RU = {
  INVITATION: {
    subject: 'Приглашение в Clientele',
    hello: 'Здравствуйте',
    why: 'Вас приглашают работать в Clientele. Откройте ссылку и придумайте пароль:',
    until: 'Ссылка действует 7 дней и срабатывает один раз.',
    otherwise: 'Если вы не ждали этого письма, просто удалите его.',
  },
  RESET: {
    subject: 'Новый пароль в Clientele',
    hello: 'Здравствуйте',
    why: 'Кто-то, надеемся вы, попросил новый пароль. Откройте ссылку и придумайте его:',
    until: 'Ссылка действует 1 час и срабатывает один раз.',
    otherwise: 'Если это были не вы, ничего не делайте: старый пароль останется в силе.',
  },
} as const;

const EN = {
  INVITATION: {
    subject: 'Your invitation to Clientele',
    hello: 'Hello',
    why: 'You are invited to work with Clientele. Open the link and choose a password:',
    until: 'The link works for 7 days, and once.',
    otherwise: 'If you did not expect this letter, just delete it.',
  },
  RESET: {
    subject: 'A new password for Clientele',
    hello: 'Hello',
    why: 'Somebody, hopefully you, asked for a new password. Open the link and choose one:',
    until: 'The link works for 1 hour, and once.',
    otherwise: 'If that was not you, do nothing: the old password stays as it is.',
  },
} as const;
