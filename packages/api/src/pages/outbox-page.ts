import type { ShownMessage } from '../messaging/index.ts';
import { html, type Html } from './html.ts';
import type { Language } from './language.ts';
import { page } from './page.ts';

const WORDS = {
  ru: {
    title: 'Исходящие',
    intro: 'Всё, что демо-компания «отправила»: сначала новое. Наружу отсюда не уходит ничего.',
    to: 'Телефон или почта получателя',
    show: 'Показать',
    all: 'Показать все',
    empty: 'Здесь пока пусто. Запросите код на кассе — он появится в ту же секунду.',
    emptyFor: 'Этому получателю ничего не отправляли.',
    purpose: { CODE: 'код', STAFF: 'сотруднику' },
    back: 'На главную',
  },
  en: {
    title: 'Outbox',
    intro: 'Everything the demo company "sent", newest first. Nothing leaves this machine.',
    to: 'Phone or e-mail of the recipient',
    show: 'Show',
    all: 'Show all',
    empty: 'Nothing here yet. Ask for a code at the till: it shows up within a second.',
    emptyFor: 'Nothing was sent to this recipient.',
    purpose: { CODE: 'code', STAFF: 'to staff' },
    back: 'Start page',
  },
} as const;

export interface OutboxPage {
  language: Language;
  to: string | null;
  messages: readonly ShownMessage[];
}

export function outboxPage({ language, to, messages }: OutboxPage): string {
  const words = WORDS[language];
  const query = to === null ? '' : `?to=${encodeURIComponent(to)}`;
  const body = html`<form method="get" action="/outbox">
      <input type="hidden" name="lang" value="${language}" />
      <label
        >${words.to}<input name="to" value="${to ?? ''}" placeholder="+79991234567" autocomplete="off"
      /></label>
      <button class="button">${words.show}</button>
    </form>
    <div id="messages" aria-live="polite">${list(words, language, to, messages)}</div>
    <p>
      <a href="/?lang=${language}">${words.back}</a
      >${to === null ? html`` : html` · <a href="/outbox?lang=${language}">${words.all}</a>`}
    </p>`;
  return page({
    language,
    title: words.title,
    intro: words.intro,
    body,
    path: `/outbox${query}`,
    head: html`<script src="/pages/outbox.js" defer></script>
      <noscript><meta http-equiv="refresh" content="3" /></noscript>`,
  });
}

type Words = (typeof WORDS)[Language];

function list(words: Words, language: Language, to: string | null, messages: readonly ShownMessage[]): Html {
  if (messages.length === 0) return html`<p class="card">${to === null ? words.empty : words.emptyFor}</p>`;
  return html`<ol class="messages">
    ${messages.map((message) => item(words, language, message))}
  </ol>`;
}

function item(words: Words, language: Language, message: ShownMessage): Html {
  const at = new Intl.DateTimeFormat(language, {
    dateStyle: 'medium',
    timeStyle: 'medium',
    timeZone: 'UTC',
  }).format(new Date(message.at));
  return html`<li class="message">
    <header>
      <b>${message.to}</b><span class="chip">${message.channel} · ${words.purpose[message.purpose]}</span
      ><time datetime="${message.at}">${at} UTC</time>
    </header>
    ${message.subject === null ? html`` : html`<p><b>${message.subject}</b></p>`}
    <p>${withLargeCode(message)}</p>
  </li> `;
}

/** The code is read out across a counter: it stands out. */
function withLargeCode({ text, purpose }: ShownMessage): Html {
  if (purpose === 'STAFF') return withLink(text);
  const code = purpose === 'CODE' ? /\b\d{4,8}\b/.exec(text) : null;
  if (code === null) return html`${text}`;
  return html`${text.slice(0, code.index)}<strong>${code[0]}</strong>${text.slice(code.index + code[0].length)}`;
}

/** A letter's link leads into this demo, wherever it is reached. */
function withLink(text: string): Html {
  const link = /https?:\/\/\S+?(\/admin\/\S+)/.exec(text);
  const [whole, path] = link ?? [];
  if (link === null || whole === undefined || path === undefined) return html`${text}`;
  const [before, after] = [text.slice(0, link.index), text.slice(link.index + whole.length)];
  return html`${before}<a href="${path}">${whole}</a>${after}`;
}
