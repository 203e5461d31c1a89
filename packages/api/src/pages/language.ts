export type Language = 'ru' | 'en';

/** `?lang=` decides, then the first of ru and en the browser prefers; Russian else. */
export function pageLanguage(asked: unknown, acceptLanguage: string | undefined): Language {
  if (asked === 'ru' || asked === 'en') return asked;
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
      const quality = parameters.find((parameter) => parameter.trim().startsWith('q='));
      return { language: tag.split('-')[0], quality: quality ? Number(quality.trim().slice(2)) : 1 };
    })
    .filter(({ language, quality }) => (language === 'ru' || language === 'en') && quality > 0)
    .toSorted((a, b) => b.quality - a.quality);
  return wanted[0]?.language === 'en' ? 'en' : 'ru';
}
