import { html, type Html } from './html.ts';
import type { Language } from './language.ts';

const OTHER = { ru: { code: 'en', name: 'English' }, en: { code: 'ru', name: 'Русский' } } as const;

export interface Page {
  language: Language;
  title: string;
  intro: string;
  body: Html;
  /** Where the page itself is, with its query but without the language. */
  path: string;
  head?: Html;
}

/** The frame of our own pages: no script needed, light or dark as the system is. */
export function page({ language, title, intro, body, path, head }: Page): string {
  const other = OTHER[language];
  const link = `${path}${path.includes('?') ? '&' : '?'}lang=${other.code}`;
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href="data:," />
        <title>${title} · Clientele</title>
        <link rel="stylesheet" href="/pages/pages.css" />
        ${head ?? html``}
      </head>
      <body>
        <main class="page">
          <header class="top">
            <h1>${title}</h1>
            <nav class="end"><a href="${link}" lang="${other.code}">${other.name}</a></nav>
            <p>${intro}</p>
          </header>
          ${body}
        </main>
      </body>
    </html> `.text;
}
