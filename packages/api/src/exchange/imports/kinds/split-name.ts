export interface SplitName {
  readonly familyName?: string;
  readonly givenName?: string;
  readonly patronymic?: string;
}

const PATRONYMIC = /(ович|евич|ьич|ич|овна|евна|ична|инична|оглы|кызы|улы)$/i;
const FAMILY = /(ов|ев|ёв|ин|ын|ий|ой|их|ых|ова|ева|ёва|ина|ына|ая|ко|ук|юк|як|ян|дзе|швили|iani)$/i;

/** Whole names as Russian lists have them: «Фамилия Имя Отчество», «Имя Отчество Фамилия», «Имя Фамилия». */
export function splitName(text: string): SplitName {
  const words = text.split(/\s+/).filter((word) => word !== '');
  const [first = '', second = '', third = ''] = words;
  if (words.length === 1) return { givenName: first };
  if (words.length === 2) {
    if (PATRONYMIC.test(second) && !FAMILY.test(first)) return { givenName: first, patronymic: second };
    return FAMILY.test(first) && !FAMILY.test(second)
      ? { familyName: first, givenName: second }
      : { givenName: first, familyName: second };
  }
  if (PATRONYMIC.test(second) && !PATRONYMIC.test(third))
    return { givenName: first, patronymic: second, familyName: words.slice(2).join(' ') };
  return { familyName: first, givenName: second, patronymic: words.slice(2).join(' ') };
}
