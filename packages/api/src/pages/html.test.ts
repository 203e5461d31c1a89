import { expect, test } from 'vitest';
import { html } from './html.ts';
import { pageLanguage } from './language.ts';

test('every value is escaped, HTML of our own is not', () => {
  const evil = `<script>alert("1")</script>&'`;
  expect(html`<p title="${evil}">${html`<b>${1}</b>`}</p>`.text).toBe(
    '<p title="&#60;script&#62;alert(&#34;1&#34;)&#60;/script&#62;&#38;&#39;"><b>1</b></p>',
  );
  expect(html`${[html`<i>1</i>`, html`<i>2</i>`]}`.text).toBe('<i>1</i><i>2</i>');
});

test('the language: asked for, else the preferred of the two, else Russian', () => {
  expect(pageLanguage('en', 'ru')).toBe('en');
  expect(pageLanguage('de', 'ru')).toBe('ru');
  expect(pageLanguage(['en', 'ru'], 'en-GB')).toBe('en');
  expect(pageLanguage(undefined, 'de-DE, en-US;q=0.8, ru;q=0.5')).toBe('en');
  expect(pageLanguage(undefined, 'en;q=0.5, ru;q=0.9')).toBe('ru');
  expect(pageLanguage(undefined, 'en;q=0, de')).toBe('ru');
  expect(pageLanguage(undefined, undefined)).toBe('ru');
});
