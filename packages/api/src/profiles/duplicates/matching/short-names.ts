import { plain } from './spelling.ts';

/** What people are called at home and write into forms; a short form may belong to several names. */
const SHORT_FORMS: Readonly<Record<string, readonly string[]>> = {
  александр: ['саша', 'шура', 'саня', 'алекс'],
  александра: ['саша', 'шура', 'саня'],
  алексей: ['леша', 'алеша'],
  анастасия: ['настя', 'ася', 'стася'],
  анатолий: ['толя'],
  андрей: ['андрюша'],
  анна: ['аня', 'нюра', 'анюта'],
  антонина: ['тоня'],
  борис: ['боря'],
  валентина: ['валя'],
  валерий: ['валера'],
  василий: ['вася'],
  виктор: ['витя'],
  виктория: ['вика'],
  владимир: ['вова', 'володя'],
  вячеслав: ['слава'],
  галина: ['галя'],
  геннадий: ['гена'],
  георгий: ['гоша', 'жора'],
  григорий: ['гриша'],
  дарья: ['даша'],
  дмитрий: ['дима', 'митя'],
  евгений: ['женя'],
  евгения: ['женя'],
  екатерина: ['катя'],
  елена: ['лена', 'алена'],
  елизавета: ['лиза'],
  иван: ['ваня'],
  ирина: ['ира'],
  константин: ['костя'],
  ксения: ['ксюша', 'оксана'],
  лариса: ['лара'],
  людмила: ['люда', 'мила'],
  любовь: ['люба'],
  маргарита: ['рита'],
  мария: ['маша', 'маруся'],
  михаил: ['миша'],
  надежда: ['надя'],
  наталья: ['наташа', 'наталия'],
  николай: ['коля'],
  ольга: ['оля'],
  павел: ['паша'],
  петр: ['петя'],
  роман: ['рома'],
  светлана: ['света'],
  сергей: ['сережа'],
  софья: ['соня', 'софия'],
  станислав: ['стас', 'слава'],
  татьяна: ['таня'],
  федор: ['федя'],
  юлия: ['юля'],
  юрий: ['юра'],
  яков: ['яша'],
};

const FULL_NAMES = new Map<string, Set<string>>();
for (const [full, shorts] of Object.entries(SHORT_FORMS)) {
  for (const name of [full, ...shorts]) {
    const known = FULL_NAMES.get(name) ?? new Set<string>();
    FULL_NAMES.set(name, known.add(full));
  }
}

/** Whether one of two given names may be short for the other, or both for a third. */
export function mayBeShortFor(a: string, b: string): boolean {
  const [one, other] = [FULL_NAMES.get(plain(a)), FULL_NAMES.get(plain(b))];
  return one !== undefined && other !== undefined && !one.isDisjointFrom(other);
}
