import { FIELDS } from './fields.ts';
import type { TableKind } from './table-mapping.ts';

export interface GuessedColumn {
  readonly column: string;
  /** Null: not to be imported unless somebody says what it is. */
  readonly field: string | null;
  /** 0–100: by name 90, by what stands in it 60. */
  readonly confidence: number;
}

/** Words of headers, without spaces and signs, small letters, `ё` as `е`. */
const WORDS: Readonly<Record<TableKind, Readonly<Record<string, string>>>> = {
  PROFILES: {
    phone:
      'phone phonenumber telephone tel mobile mobilephone телефон телефоны мобильный мобильныйтелефон номертелефона сотовый телефон1 телефон2 phone1 phone2',
    email: 'email mail emailaddress почта емейл эл почта электроннаяпочта адресэлектроннойпочты имейл',
    card: 'card cardnumber loyaltycard карта номеркарты дисконтнаякарта картапокупателя бонуснаякарта',
    externalId:
      'id externalid customerid clientid userid householdid crmid ид код кодклиента идклиента идентификатор номерклиента внешнийид guid uid',
    fullName: 'name fullname фио имяфамилия клиент покупатель фамилияимяотчество',
    familyName: 'lastname surname familyname фамилия',
    givenName: 'firstname givenname имя',
    patronymic: 'middlename patronymic отчество',
    birthDate: 'birthday birthdate dateofbirth dob датарождения деньрождения др',
    gender: 'gender sex пол',
    tags: 'tags tag теги тег метки метка группа',
    'consent:ADVERTISING':
      'subscribed consent marketingconsent optin подписка рассылка согласиенарассылку согласиенарекламу рекламнаярассылка',
    'consent:PROCESSING':
      'processingconsent personaldataconsent согласиенаобработку согласиенаобработкуперсональныхданных согласиепдн',
    'attribute:city': 'city город населенныйпункт',
    updatedAt: 'updatedat modifiedat изменен датаизменения обновлен',
  },
  PRODUCTS: {
    sku: 'sku productid article articul артикул кодтовара код ид id номенклатура',
    name: 'name productname title название наименование товар producttype',
    barcode: 'barcode ean gtin upc штрихкод',
    category: 'category categories group категория группа раздел department productcategory',
    brand: 'brand бренд марка производитель',
    price: 'price цена розничнаяцена стоимость',
    oldPrice: 'oldprice стараяцена ценабезскидки',
    minUnitPrice: 'minprice минимальнаяцена',
    url: 'url link ссылка адрес',
    imageUrl: 'image imageurl picture photo картинка фото изображение',
    available: 'available instock наличие вналичии доступен',
    earnable: 'earnable начислятьбаллы',
    redeemable: 'redeemable оплатабаллами',
  },
  EVENTS: {
    externalId: 'id eventid externalid идсобытия номерсобытия',
    kind: 'event eventtype kind type action событие типсобытия действие',
    occurredAt: 'time eventtime timestamp occurredat date datetime время дата датавремя',
    visitor: 'visitor visitorid userid clientid anonymousid cookie посетитель',
    session: 'session sessionid usersession сессия сеанс',
    phone: 'phone телефон',
    email: 'email почта',
    profileExternalId: 'customerid profileid кодклиента',
    properties: 'properties payload свойства',
    'property:productId': 'productid sku товар артикул',
    'property:price': 'price цена',
  },
  BALANCES: {
    externalId: 'id rowid operationid ид номер номероперации',
    profileExternalId: 'customerid clientid код кодклиента клиент externalid',
    phone: 'phone phonenumber телефон номертелефона',
    email: 'email почта',
    card: 'card cardnumber карта номеркарты',
    points: 'points balance bonus bonuses баллы бонусы баланс остаток остатокбаллов',
    activateAt: 'activateat activefrom датаактивации активны',
    expireAt: 'expireat expires validuntil датасгорания сгорают срокдействия действуютдо',
  },
};

const BY_WORD = new Map(
  Object.entries(WORDS).map(([kind, fields]): [string, Map<string, string>] => [
    kind,
    new Map(
      Object.entries(fields).flatMap(([field, words]) =>
        words.split(' ').map((word): [string, string] => [word, field]),
      ),
    ),
  ]),
);

/** What each column of a file probably is: by its name, else by what stands in it. A field that is one is given once. */
export function guessMapping(
  kind: TableKind,
  header: readonly string[],
  sample: readonly (readonly string[])[],
): GuessedColumn[] {
  const words = BY_WORD.get(kind) ?? new Map<string, string>();
  const taken = new Set<string>();
  const guessed = header.map((column): GuessedColumn => {
    const field = words.get(plain(column)) ?? null;
    if (field === null || !free(kind, field, taken)) return { column, field: null, confidence: 0 };
    taken.add(field);
    return { column, field, confidence: 90 };
  });
  return guessed.map((guess, at) => {
    if (guess.field !== null) return guess;
    const field = byContent(
      kind,
      sample.map((row) => row[at]?.trim() ?? '').filter((cell) => cell !== ''),
    );
    if (field === null || !free(kind, field, taken)) return guess;
    taken.add(field);
    return { column: guess.column, field, confidence: 60 };
  });
}

/** The kind whose fields the header fits best; orders are told by a number, a time and a price or sum. */
export function guessKind(header: readonly string[]): TableKind | 'ORDERS' {
  const names = header.map(plain);
  const has = (pattern: RegExp): boolean => names.some((name) => pattern.test(name));
  const isOrder =
    has(/^(order|invoice|receipt|basket|check|чек|заказ|номерчека|номерзаказа)/) &&
    has(/^(quantity|qty|количество|колво)/);
  if (isOrder) return 'ORDERS';
  const scores: [TableKind, number][] = [
    ['BALANCES', has(/^(points|bonus|bonuses|баллы|бонусы|остатокбаллов|баланс)$/) ? 50 : 0],
    ['EVENTS', has(/^(event|eventtype|eventtime|событие)/) ? 50 : 0],
    ['PRODUCTS', (has(/^(sku|артикул|barcode|штрихкод)$/) ? 20 : 0) + hits('PRODUCTS', names)],
    ['PROFILES', hits('PROFILES', names)],
  ];
  return scores.reduce((best, each) => (each[1] > best[1] ? each : best))[0];
}

function hits(kind: TableKind, names: readonly string[]): number {
  return names.filter((name) => BY_WORD.get(kind)?.has(name)).length;
}

function free(kind: TableKind, field: string, taken: ReadonlySet<string>): boolean {
  const rule = FIELDS[kind].find((each) => each.field === field.split(':')[0]);
  return !taken.has(field) || (rule?.many === true && rule.named !== true);
}

function plain(name: string): string {
  return name
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const PHONE = /^(\+?[78])[\s(-]*\d{3}[\s)-]*\d{3}[\s-]*\d{2}[\s-]*\d{2}$/;

/** Only what nothing else looks like. */
function byContent(kind: TableKind, cells: readonly string[]): string | null {
  if (kind === 'PRODUCTS' || cells.length === 0) return null;
  const share = (fits: (cell: string) => boolean): number => cells.filter(fits).length / cells.length;
  if (share((cell) => EMAIL.test(cell)) >= 0.8) return 'email';
  if (share((cell) => PHONE.test(cell)) >= 0.8) return 'phone';
  return null;
}
