import { Random } from './random.ts';
import type { DemoStore } from './stores.ts';

/** An invented shopper. */
export interface DemoPerson {
  externalId: string;
  phone: string;
  email: string | null;
  givenName: string;
  familyName: string;
  gender: 'FEMALE' | 'MALE';
  /** YYYY-MM-DD */
  birthDate: string;
  advertising: boolean;
  homeStore: number;
  tags: string[];
}

const FEMALE =
  'Анна Мария Елена Ольга Наталья Екатерина Татьяна Ирина Светлана Юлия Дарья Ксения Полина Вера Алина Софья Алиса Виктория Кристина Людмила Галина Лариса Марина Надежда Варвара Диана Камила Айгерим Асель Динара';
const MALE =
  'Александр Дмитрий Максим Сергей Андрей Алексей Артём Илья Кирилл Михаил Никита Матвей Роман Егор Арсений Иван Денис Евгений Даниил Тимофей Владимир Павел Олег Виктор Глеб Тимур Ерлан Азамат Руслан Константин';
/** In the form of a man's name; a woman's adds «а». */
const FAMILY =
  'Иванов Смирнов Кузнецов Попов Васильев Петров Соколов Михайлов Новиков Фёдоров Морозов Волков Алексеев Лебедев Семёнов Егоров Павлов Козлов Степанов Николаев Орлов Андреев Макаров Никитин Захаров Зайцев Соловьёв Борисов Яковлев Григорьев Романов Воробьёв Сергеев Кузьмин Фролов Александров Дмитриев Королёв Гусев Киселёв Ильин Максимов Поляков Сорокин Виноградов Ковалёв Белов Медведев Антонов Тарасов Жуков Баранов Филиппов Комаров Давыдов Беляев Герасимов Богданов Осипов Сидоров';

const [FEMALES, MALES, FAMILIES] = [FEMALE.split(' '), MALE.split(' '), FAMILY.split(' ')];

/** How many of ten shop mostly in each store. */
const HOME_STORES = [0, 0, 0, 0, 0, 1, 1, 1, 2, 2];

/**
 * Shoppers of the demo company. Their phones stand in blocks that look like phones and belong to invented people
 * alone: the demo sends nothing to anybody.
 */
export function demoPeople(count: number, stores: readonly DemoStore[]): DemoPerson[] {
  const random = new Random(20_240_901);
  return Array.from({ length: count }, (_, index) => {
    const female = random.chance(0.68);
    const homeStore = random.pick(HOME_STORES);
    const family = random.pick(FAMILIES);
    const number = String(index).padStart(4, '0');
    return {
      externalId: `shopper-${number}`,
      phone: `${stores[homeStore]?.phonePrefix ?? ''}${number}`,
      email: random.chance(0.7) ? `shopper${number}@example.com` : null,
      givenName: random.pick(female ? FEMALES : MALES),
      familyName: female ? `${family}а` : family,
      gender: female ? 'FEMALE' : 'MALE',
      birthDate: `${random.between(1958, 2006)}-${two(random.between(1, 12))}-${two(random.between(1, 28))}`,
      advertising: random.chance(0.72),
      homeStore,
      tags: random.chance(0.08) ? ['любит новинки'] : [],
    };
  });
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
