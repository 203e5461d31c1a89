import { count, money } from '../ui/figures.ts';
import { russian } from './plural.ts';

/** Typed facts of a refusal or failure, as the flow keeps them. */
export type Facts = Readonly<Record<string, string | number | readonly string[] | null>>;

/** What has happened, and what to do: two short sentences. Times arrive ready for reading. */
export type Say = (facts: Facts, tools: { time: (instant: string) => string; currency: string }) => string;

const n = (value: unknown): string => count(Number(value ?? 0), 'ru');
const at = (value: unknown, time: (instant: string) => string): string =>
  typeof value === 'string' ? time(value) : '';
const points = (value: unknown): string =>
  `${n(value)} ${russian(Number(value ?? 0), 'балл', 'балла', 'баллов')}`;
const tries = (left: unknown): string =>
  `${russian(Number(left), 'Осталась', 'Осталось', 'Осталось')} ${n(left)} ${russian(Number(left), 'попытка', 'попытки', 'попыток')}.`;
const titles = (value: unknown): string =>
  Array.isArray(value) ? value.map((title) => `«${String(title)}»`).join(', ') : '';
const onOrder = (facts: Facts): boolean =>
  ['begin', 'commit', 'cancel', 'undo'].includes(String(facts['during']));
const onShopper = (facts: Facts): boolean =>
  facts['during'] === 'identify' || facts['during'] === 'resend' || facts['during'] === 'confirm';

export const fieldsRu: Readonly<Record<string, string>> = {
  phone: 'телефон',
  card: 'номер карты',
  code: 'код',
  pin: 'PIN',
  managerPin: 'PIN управляющего',
  reason: 'причина',
  givenName: 'имя',
  consents: 'согласия',
  sku: 'артикул',
  quantity: 'количество',
  unitPrice: 'цена',
  lines: 'строки чека',
  promoCodes: 'промокод',
  spendPoints: 'баллы',
  exact: 'баллы',
  receipts: 'фискальный документ',
  fiscalDrive: 'номер накопителя',
  fiscalDocument: 'номер документа',
  fiscalSign: 'признак документа',
};

export const changesRu: Readonly<Record<string, string>> = {
  BALANCE: 'изменился баланс',
  PROMOTION: 'закончилась акция',
  PROMO_CODE: 'промокод больше не действует',
  PROGRAM: 'изменились правила программы',
  PRICE: 'изменилась цена',
  QUOTE_EXPIRED: 'расчёт устарел',
  SHOPPER: 'сменился покупатель',
};

export const limitsRu: Readonly<Record<string, (max: string) => string>> = {
  NO_SHOPPER: () => 'Покупатель не назван.',
  NOT_VERIFIED: () => 'Нужен код из сообщения.',
  BALANCE: (max) => `На счёте ${max}.`,
  SHARE_OF_ORDER: (max) => `По правилам не больше ${max}: часть чека оплачивается деньгами.`,
  PER_RECEIPT: (max) => `За один чек не больше ${max}.`,
  MINIMUM_PRICE: (max) => `Не больше ${max}: у товара есть наименьшая цена.`,
  EXCLUDED_GOODS: (max) => `Не больше ${max}: часть товаров баллами не оплачивается.`,
  BELOW_MINIMUM: () => 'Меньше наименьшего списания.',
  PROGRAM_NOT_LIVE: () => 'Списание ещё не открыто: баллы пока копятся.',
  ACCOUNT_BLOCKED: () => 'Счёт заблокирован: списать нельзя.',
};

export const codesRu: Readonly<Record<string, string>> = {
  UNKNOWN: 'такого кода нет',
  EXPIRED: 'срок вышел',
  NOT_YET: 'ещё не действует',
  USED: 'уже использован',
  HELD: 'занят в другом чеке',
  OTHER_SHOPPER: 'выдан другому покупателю',
  CONDITIONS: 'чек не подходит под условия',
  STACKING: 'не складывается с другой скидкой',
};

export const channelsRu: Readonly<Record<string, string>> = {
  SMS: 'SMS',
  VIBER: 'Viber',
  EMAIL: 'почта',
  CALL: 'звонок',
};

export const noticesRu: Readonly<Record<string, Say>> = {
  PairingCodeRefused: (f, { time }) =>
    f['retryAt']
      ? `Код не подошёл. Следующая попытка в ${at(f['retryAt'], time)}.`
      : 'Код не подошёл или уже использован. Попросите у администратора новый.',
  WrongPin: (f, { time }) =>
    f['lockedUntil']
      ? `Слишком много неверных PIN. Вход закрыт до ${at(f['lockedUntil'], time)}; позовите управляющего.`
      : `PIN не подошёл. ${tries(f['attemptsLeft'])}`,
  TooManyCodes: (f, { time }) =>
    `Кодов отправлено слишком много. Следующий можно в ${at(f['retryAt'], time)}. F4 — продолжить без кода.`,
  WrongCode: (f) =>
    Number(f['attemptsLeft']) > 0
      ? `Код не подошёл. ${tries(f['attemptsLeft'])}`
      : 'Код не подошёл, попыток больше нет. Enter — отправить новый, F4 — без кода.',
  CodeExpired: () => 'Код устарел. Enter — отправить новый, F4 — без кода.',
  ShopperUnknown: () => 'Такого номера в программе нет. Enter — оформить карту, F4 — продать без неё.',
  VisitExpired: () =>
    'Прошло больше получаса, карта закрылась. Enter — найти покупателя снова; чек на месте.',
  QuoteChanged: (f, { currency }) => {
    const reasons = Array.isArray(f['reasons']) ? f['reasons'].map((code) => changesRu[code] ?? code) : [];
    const gone = titles(f['gone']);
    const come = titles(f['come']);
    const offers = [
      gone === '' ? '' : ` ${gone}: больше не действует.`,
      come === '' ? '' : ` ${come}: теперь действует.`,
    ].join('');
    if (offers !== '')
      return `Изменились акции.${offers} К оплате ${money(String(f['toPay']), currency, 'ru')}. Enter — принять, Esc — вернуться к чеку.`;
    const why = reasons.length === 0 ? '' : ` (${reasons.join(', ')})`;
    return `Сумма изменилась${why}. Теперь ${money(String(f['toPay']), currency, 'ru')}. Enter — принять, Esc — вернуться к чеку.`;
  },
  InsufficientPoints: (f) =>
    `Столько баллов уже нет: можно ${points(f['max'])}. Enter — списать столько, Esc — вернуться.`,
  VerificationRequired: () => 'Для списания нужен код. Enter — отправить код, F4 — без списания.',
  AccountBlocked: () => 'Счёт заблокирован: списать нельзя. Enter — продать без списания.',
  AlreadyCommitted: () => 'Этот чек уже проведён. Показываем прежний итог.',
  UndoSale: (f, { currency }) =>
    `Отменить всю продажу на ${money(String(f['toPay']), currency, 'ru')}? Баллы вернутся как были. Enter — отменить, Esc — оставить.`,
  UndoRefused: (f) =>
    `Отменить не получилось (${String(f['refusal'])}). Чек остался как есть; оформите возврат. Enter — закрыть.`,
  AlreadyCancelled: () => 'Этот чек отменён раньше. Enter — провести те же товары новым чеком.',
  IdempotencyConflict: () =>
    'Этот номер чека уже занят другим содержанием. Enter — провести те же товары новым чеком.',
  OrderNotFound: () => 'Сервер не знает такого чека. Enter — провести те же товары новым чеком.',
  OrderNotCommitted: () => 'Этот чек ещё не проведён: отменять нечего. Enter — закрыть.',
  QuantityExceeded: () =>
    'Товары с этого чека уже возвращали. Остальное оформите возвратом. Enter — закрыть.',
  ReceiptTaken: (f, { currency }) =>
    `Этот фискальный документ уже стоит на другом чеке, на ${money(String(f['toPay']), currency, 'ru')}. Проверьте номер; Enter — исправить.`,
  InvalidInput: (f) => {
    const names = Array.isArray(f['fields']) ? f['fields'].map((field) => fieldsRu[field] ?? field) : [];
    return `Сервер не принял: ${[...new Set(names)].join(', ') || 'данные'}. Исправьте и повторите.`;
  },
  UnknownRefusal: (f) => `Отказ «${String(f['refusal'])}». Обновите кассу или позовите администратора.`,

  OFFLINE: (f) => {
    if (onOrder(f))
      return 'Сети нет. Чек не пропадёт и не задвоится. Enter — повторить, Esc — довершим сами, когда сеть вернётся.';
    if (onShopper(f)) return 'Сети нет. Enter — повторить, F4 — продолжить без карты.';
    return 'Сети нет. Повторим сами, когда она вернётся; Enter — повторить сейчас.';
  },
  TIMEOUT: (f) => {
    if (onOrder(f))
      return 'Сервер не успел ответить. Чек не задвоится. Enter — спросить ещё раз, Esc — довершим сами.';
    if (onShopper(f)) return 'Сервер не успел ответить. Enter — повторить, F4 — продолжить без карты.';
    return 'Сервер не успел ответить. Enter — повторить.';
  },
  BUSY: () => 'Сервер занят. Enter — повторить через несколько секунд.',
  RATE_LIMITED: (f) =>
    `Слишком много запросов. Подождите ${f['retryAfterMs'] ? `${Math.ceil(Number(f['retryAfterMs']) / 1000)} с` : 'немного'} и нажмите Enter.`,
  SESSION_OVER: () => 'Сеанс закончился. Введите PIN: чек на месте.',
  TILL_UNPAIRED: () => 'Эту кассу отключили от магазина. Нужен новый код подключения.',
  OUTDATED: () => 'Касса устарела для этого сервера. Enter — обновить её.',
  FORBIDDEN: () => 'На этой кассе так нельзя. Позовите управляющего. Enter — закрыть сообщение.',
  INTERNAL: (f) =>
    `Ошибка на сервере${f['errorId'] ? `, номер ${String(f['errorId'])}` : ''}. Enter — повторить; не поможет — назовите номер администратору.`,

  PhoneIncomplete: () => 'Номер короче десяти цифр. Проверьте его с покупателем.',
  ConsentNeeded: () => 'Без обязательного согласия карту не оформить. Спросите покупателя и отметьте.',
  ReasonNeeded: () => 'Напишите причину: её увидит управляющий.',
  NoManager: () => 'На этой кассе никто не может подтвердить без кода.',
  AskPhoneAgain: () => 'После перезапуска касса не помнит номер. Enter — спросить его снова.',
  NothingFound: (f) => `«${String(f['code'])}» не нашли: ни товара, ни карты.`,
  NoPrice: (f) => `У товара «${String(f['name'])}» нет цены. Позовите управляющего.`,
  TooManyLines: (f) => `В чеке не больше ${n(f['most'])} строк. Проведите этот чек и начните новый.`,
  QuantityWrong: () => 'Количество не подходит: число до 9 999, до трёх знаков после запятой.',
  FinishFirst: () => 'Сначала закончим этот чек, потом сканируйте следующий.',
  FiscalIncomplete: () => 'Нужны оба номера: накопителя и документа. Или оставьте оба пустыми.',
  CodeSent: (f) => `Код отправлен: ${channelsRu[String(f['channel'])] ?? String(f['channel'])}.`,
  Enrolled: () => 'Карта оформлена. Добро пожаловать!',
  AlreadyMember: () => 'Этот покупатель уже в программе. Карта открыта.',
  Finished: (f) => `Отложенный чек проведён, начислено ${points(f['earned'])}.`,
  FinishRefused: (f) =>
    `Отложенный чек сервер не принял (${String(f['refusal'])}). Сообщите администратору. Enter — закрыть.`,
};
