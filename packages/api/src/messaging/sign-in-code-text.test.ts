import { expect, test } from 'vitest';
import { CHANNELS } from './message.ts';
import { signInCodeText } from './sign-in-code-text.ts';

const BOTH = ['ru', 'en'];

test('the code is the only number of four to eight digits in the text', () => {
  for (const language of BOTH) {
    for (const channel of CHANNELS) {
      expect(signInCodeText('042371', language, channel).text.match(/\d{4,8}/g)).toEqual(['042371']);
    }
  }
});

test('the text fits one SMS: 70 characters of Cyrillic, 160 of Latin', () => {
  expect(signInCodeText('042371', 'ru', 'SMS')).toEqual({
    subject: null,
    text: 'Код 042371 — подтверждение номера в программе лояльности.',
  });
  expect(signInCodeText('042371', 'ru', 'SMS').text.length).toBeLessThanOrEqual(70);
  // One letter outside of GSM 03.38 would halve the room.
  expect(signInCodeText('042371', 'en', 'SMS').text).toMatch(/^[A-Za-z0-9 .,]{1,160}$/);
});

test('only an e-mail has a subject, and the code is not in it', () => {
  expect(signInCodeText('042371', 'ru', 'EMAIL').subject).toBe('Код подтверждения');
  expect(signInCodeText('042371', 'en', 'EMAIL').subject).toBe('Your confirmation code');
});
