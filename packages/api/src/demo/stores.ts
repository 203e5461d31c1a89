/** A store of the demo company. */
export interface DemoStore {
  code: string;
  name: string;
  timeZone: string;
  currency: 'RUB' | 'KZT';
  country: 'RU' | 'KZ';
  /** Of the invented phones of people who live there. */
  phonePrefix: string;
  fiscalDrive: string;
  cashiers: readonly [string, string];
  manager: string;
}

export const STORES: readonly DemoStore[] = [
  {
    code: 'MSK',
    name: 'Москва, Охотный Ряд',
    timeZone: 'Europe/Moscow',
    currency: 'RUB',
    country: 'RU',
    phonePrefix: '+7999000',
    fiscalDrive: '9960000000000001',
    cashiers: ['Ольга К.', 'Павел С.'],
    manager: 'Ирина Управляющая',
  },
  {
    code: 'EKB',
    name: 'Екатеринбург, улица Вайнера',
    timeZone: 'Asia/Yekaterinburg',
    currency: 'RUB',
    country: 'RU',
    phonePrefix: '+7999001',
    fiscalDrive: '9960000000000002',
    cashiers: ['Марина Т.', 'Денис В.'],
    manager: 'Лев Управляющий',
  },
  {
    code: 'ALA',
    name: 'Алматы, проспект Достык',
    timeZone: 'Asia/Almaty',
    currency: 'KZT',
    country: 'KZ',
    phonePrefix: '+7700000',
    fiscalDrive: '9960000000000003',
    cashiers: ['Айгерим Н.', 'Тимур А.'],
    manager: 'Асель Управляющая',
  },
];
