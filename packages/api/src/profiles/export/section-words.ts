/** What sections and fields of a person's data are called in the file a person reads. */
export type FileLanguage = 'ru' | 'en';

export function sectionWord(section: string, language: FileLanguage): string {
  return WORDS[language].sections[section] ?? section;
}

export function fieldWord(field: string, language: FileLanguage): string {
  return WORDS[language].fields[field] ?? field;
}

interface Words {
  header: [string, string, string, string];
  sections: Record<string, string>;
  fields: Record<string, string>;
}

export const WORDS: Record<FileLanguage, Words> = {
  ru: {
    header: ['Раздел', '№', 'Что', 'Значение'],
    sections: {
      profile: 'О человеке',
      contacts: 'Контакты',
      consents: 'Согласия',
      changes: 'Изменения профиля',
      contactChanges: 'Изменения контактов',
      events: 'Действия на сайте',
      pointsAccounts: 'Счета баллов',
      points: 'Движения баллов',
      orders: 'Покупки',
      orderLines: 'Товары в покупках',
      returns: 'Возвраты',
      messages: 'Сообщения',
      personalOffers: 'Персональные предложения',
      shownOffers: 'Показанные предложения',
    },
    fields: {
      givenName: 'Имя',
      familyName: 'Фамилия',
      patronymic: 'Отчество',
      birthDate: 'Дата рождения',
      gender: 'Пол',
      tags: 'Метки',
      doNotDisturb: 'Не беспокоить',
      preferredStore: 'Любимый магазин',
      preferredChannel: 'Предпочитаемый канал',
      since: 'С какого времени',
      at: 'Когда',
      kind: 'Вид',
      value: 'Значение',
      verifiedAt: 'Подтверждён',
      source: 'Откуда',
      purpose: 'Для чего',
      textVersion: 'Версия текста',
      channel: 'Канал',
      topic: 'Тема',
      granted: 'Согласие дано',
      note: 'Примечание',
      fields: 'Что изменилось',
      change: 'Изменение',
      contact: 'Контакт',
      reason: 'Причина',
      status: 'Состояние',
      active: 'Активные баллы',
      pending: 'Ждут активации',
      held: 'Отложены',
      debt: 'Долг',
      tier: 'Уровень',
      points: 'Баллы',
      activeAfter: 'Остаток',
      number: 'Номер',
      state: 'Состояние',
      currency: 'Валюта',
      gross: 'Сумма',
      discount: 'Скидка',
      toPay: 'Оплачено',
      moneyBack: 'Возвращено',
      pointsSpent: 'Списано баллов',
      pointsEarned: 'Начислено баллов',
      pointsRestored: 'Возвращено баллов',
      pointsTakenBack: 'Снято баллов',
      line: 'Строка',
      sku: 'Артикул',
      name: 'Название',
      quantity: 'Количество',
      orderId: 'Покупка',
      id: 'Идентификатор',
      sentAt: 'Отправлено',
      to: 'Куда',
      subject: 'Тема письма',
      text: 'Текст',
      promotionId: 'Акция',
      from: 'С',
      acceptedAt: 'Принято',
      redeemedAt: 'Использовано',
    },
  },
  en: {
    header: ['Section', 'No.', 'What', 'Value'],
    sections: {
      profile: 'Person',
      contacts: 'Contacts',
      consents: 'Consents',
      changes: 'Changes of the profile',
      contactChanges: 'Changes of contacts',
      events: 'Actions on the site',
      pointsAccounts: 'Points accounts',
      points: 'Points history',
      orders: 'Purchases',
      orderLines: 'Goods bought',
      returns: 'Returns',
      messages: 'Messages',
      personalOffers: 'Personal offers',
      shownOffers: 'Offers shown',
    },
    fields: {},
  },
};
