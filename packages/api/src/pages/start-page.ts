import type { DemoCredentials } from './demo-credentials.ts';
import { html, type Html } from './html.ts';
import type { Language } from './language.ts';
import { page } from './page.ts';

const WORDS = {
  ru: {
    intro: 'Данные о покупателях, лояльность и маркетинг розничной сети: всё работает на этом адресе.',
    till: 'Касса',
    tillHint: 'Узнать покупателя, списать и начислить баллы',
    admin: 'Управление',
    adminHint: 'Рабочее место маркетолога, поддержки и администратора',
    api: 'Для разработчиков: пробовать запросы, читать схему',
    outbox: 'Исходящие',
    outboxHint: 'Сообщения демо-компании: коды из SMS видны здесь',
    demo: 'Демо-компания',
    demoHint:
      'Вымышленные люди и покупки. Наружу ничего не отправляется, а эти ключи действуют только в демо-режиме.',
    demoWaits: 'Демо-компания ещё создаётся. Обновите страницу через несколько секунд.',
    openTill: 'Открыть кассу этого магазина',
    adminEmail: 'Вход в управление',
    adminPassword: 'Пароль',
    otherRoles:
      'Другие роли, с тем же паролем: marketer@, analyst@, support@, manager@, assistant@, integrator@ вместо owner@.',
    store: 'Магазин',
    tillToken: 'Токен кассы',
    cashierPin: 'PIN кассира',
    managerPin: 'PIN управляющего',
    partnerKey: 'Ключ партнёра',
    version: 'Версия',
    mode: { demo: 'демо-режим', production: 'рабочий режим' },
    health: 'состояние',
  },
  en: {
    intro: 'Customer data, loyalty and marketing of a retail chain: everything runs at this address.',
    till: 'Till',
    tillHint: 'Recognise a shopper, redeem and award points',
    admin: 'Administration',
    adminHint: 'For marketers, support and administrators',
    api: 'For developers: try requests, read the schema',
    outbox: 'Outbox',
    outboxHint: 'Messages of the demo company: SMS codes are shown here',
    demo: 'Demo company',
    demoHint:
      'Invented people and purchases. Nothing is sent outside, and these keys work in demo mode only.',
    demoWaits: 'The demo company is still being made. Reload the page in a few seconds.',
    openTill: 'Open the till of this store',
    adminEmail: 'Administration sign-in',
    adminPassword: 'Password',
    otherRoles:
      'Other roles, with the same password: marketer@, analyst@, support@, manager@, assistant@, integrator@ instead of owner@.',
    store: 'Store',
    tillToken: 'Till token',
    cashierPin: 'Cashier PIN',
    managerPin: 'Manager PIN',
    partnerKey: 'Partner key',
    version: 'Version',
    mode: { demo: 'demo mode', production: 'production mode' },
    health: 'health',
  },
} as const;

export interface StartPage {
  language: Language;
  version: string;
  mode: 'demo' | 'production';
  /** null: not made yet, or not demo mode. */
  credentials: DemoCredentials | null;
}

/** What runs here and where; with the demo's credentials in demo mode only. */
export function startPage({ language, version, mode, credentials }: StartPage): string {
  const words = WORDS[language];
  const body = html`<div class="doors">
      ${door('/pos/', words.till, words.tillHint)} ${door('/admin/', words.admin, words.adminHint)}
      ${door('/graphql', 'GraphQL', words.api)}
      ${mode === 'demo' ? door(`/outbox?lang=${language}`, words.outbox, words.outboxHint) : html``}
    </div>
    ${mode === 'demo' ? demo(words, credentials) : html``}
    <p class="muted">
      ${words.version} ${version} · ${words.mode[mode]} · <a href="/health">${words.health}</a>
    </p>`;
  return page({ language, title: 'Clientele', intro: words.intro, body, path: '/' });
}

type Words = (typeof WORDS)[Language];

function door(href: string, name: string, hint: string): Html {
  return html`<a class="door" href="${href}"><b>${name}</b><span class="muted">${hint}</span></a>`;
}

function demo(words: Words, credentials: DemoCredentials | null): Html {
  const shown =
    credentials === null
      ? html`<p>${words.demoWaits}</p>`
      : html`<p>
            <a class="button" href="/pos/#token=${encodeURIComponent(credentials.till.token)}"
              >${words.openTill}</a
            >
          </p>
          <dl>
            ${term(words.adminEmail, credentials.admin.email)}
            ${term(words.adminPassword, credentials.admin.password)}
            ${term(words.store, credentials.till.storeCode)}
            ${term(words.cashierPin, credentials.cashier.pin)}
            ${term(words.managerPin, credentials.manager.pin)}
            ${term(words.tillToken, credentials.till.token)}
            ${term(words.partnerKey, credentials.partner.key)}
          </dl>
          <p class="muted">${words.otherRoles}</p>`;
  return html`<section class="card">
    <h2>${words.demo}</h2>
    <p>${words.demoHint}</p>
    ${shown}
  </section>`;
}

function term(name: string, value: string): Html {
  return html`<dt>${name}</dt>
    <dd><code>${value}</code></dd>`;
}
