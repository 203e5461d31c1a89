import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** What people are called and where they live. */
export interface Names {
  readonly female: PeopleNames;
  readonly male: PeopleNames;
  /** Larger towns stand in proportion to their people. */
  readonly cities: readonly string[];
}

export interface PeopleNames {
  readonly given: readonly string[];
  readonly family: readonly string[];
  readonly patronymics: readonly string[];
}

/** Real lists stand beside the checkout where they are; they are read, never copied. */
const SHARED = join(import.meta.dirname, '..', '..', '..', '..', '..', '..', '..', 'shared', 'data');

/** From the lists beside the checkout, else from a short list of our own. */
export function readNames(folder = SHARED): Names {
  return existsSync(join(folder, 'ru-names')) && existsSync(join(folder, 'ru-cities'))
    ? namesOf(folder)
    : OWN;
}

const words = (text: string): string[] => text.split(' ');
const women = (names: readonly string[]): string[] => names.map((name) => `${name}а`);

const MALE_FAMILY = words(
  'Иванов Смирнов Кузнецов Попов Васильев Петров Соколов Михайлов Новиков Фёдоров Морозов Волков Алексеев Лебедев Семёнов Егоров Павлов Козлов Степанов Николаев Орлов Андреев Макаров Никитин Захаров Зайцев Соловьёв Борисов Яковлев Григорьев Ахметов Ибраев Садыков Жумабаев',
);

const OWN: Names = {
  female: {
    given: words(
      'Анна Мария Елена Ольга Наталья Екатерина Татьяна Ирина Светлана Юлия Дарья Ксения Полина Вера Алина Софья Виктория Людмила Марина Надежда Айгерим Асель Динара',
    ),
    family: women(MALE_FAMILY),
    patronymics: words('Ивановна Петровна Сергеевна Андреевна Дмитриевна Олеговна Игоревна Тимуровна'),
  },
  male: {
    given: words(
      'Александр Дмитрий Максим Сергей Андрей Алексей Артём Илья Кирилл Михаил Никита Роман Егор Иван Денис Павел Олег Виктор Тимур Ерлан Азамат Руслан',
    ),
    family: MALE_FAMILY,
    patronymics: words('Иванович Петрович Сергеевич Андреевич Дмитриевич Олегович Игоревич Тимурович'),
  },
  cities: words(
    'Москва Москва Москва Москва Санкт-Петербург Санкт-Петербург Екатеринбург Казань Новосибирск Самара Уфа Пермь Омск Краснодар Воронеж Челябинск Калининград Алматы Алматы Астана Шымкент',
  ),
};

const FEMALE_SIGN = 'жр';
const MALE_SIGN = 'мр';

function namesOf(folder: string): Names {
  const given = genderedLines(join(folder, 'ru-names', 'firstnames.popular.gender.tsv'));
  const family = genderedLines(join(folder, 'ru-names', 'surnames.gender.tsv.gz'));
  const patronymics = genderedLines(join(folder, 'ru-names', 'midnames.gender.tsv.gz'));
  const of = (sign: string): PeopleNames => ({
    given: given(sign),
    family: family(sign),
    patronymics: patronymics(sign),
  });
  return { female: of(FEMALE_SIGN), male: of(MALE_SIGN), cities: citiesOf(folder) };
}

function linesOf(path: string): string[] {
  const content = readFileSync(path);
  const text = path.endsWith('.gz') ? gunzipSync(content) : content;
  return text.toString('utf8').split('\n').slice(1);
}

function genderedLines(path: string): (sign: string) => string[] {
  const rows = linesOf(path).map((line) => line.trim().split('\t'));
  return (sign) =>
    rows.flatMap(([name = '', gender = '']) => (gender.split('-').includes(sign) ? [titled(name)] : []));
}

/** ИВАНОВА-ПЕТРОВА → Иванова-Петрова. */
function titled(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/(^|-)(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase());
}

const PEOPLE_A_PLACE = 60_000;
const MOST_PLACES = 150;

/** A town stands once for each so many people, so that who draws a place draws a person's. */
function citiesOf(folder: string): string[] {
  return linesOf(join(folder, 'ru-cities', 'city.csv.gz')).flatMap((line) => {
    // The address stands in quotes where it has a comma; the other columns never have one.
    const columns = line.replace(/^"[^"]*"/, '').split(',');
    const [name, people] = [columns[9] ?? '', Number((columns[22] ?? '').replaceAll(/\D/g, ''))];
    const region = columns[5] ?? '';
    const city = name === '' ? region : name;
    const places = Math.min(Math.round(people / PEOPLE_A_PLACE), MOST_PLACES);
    return city === '' ? [] : Array.from({ length: Math.max(1, places) }, () => city);
  });
}
