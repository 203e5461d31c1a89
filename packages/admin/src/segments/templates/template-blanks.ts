import type { Blank, SegmentTemplate } from '@clientele/shared/segments/templates';
import type { Choices } from '../choices.ts';

export type BlankValue = string | readonly string[];

export function blankKey({ path }: Blank): string {
  return path.join('.');
}

/** What goes without asking: the only model there is, the currency most stores sell in. */
export function usualOf({ asks }: Blank, { models, currencies }: Choices): BlankValue | undefined {
  if (asks === 'CURRENCY') return currencies[0];
  return asks === 'MODEL' ? models[0]?.value : undefined;
}

/** Whether a person has to be asked anything. */
export function isToFill({ blanks }: SegmentTemplate, choices: Choices): boolean {
  return blanks.some((blank) => {
    if (blank.asks === 'CATEGORIES') return true;
    return (blank.asks === 'MODEL' ? choices.models : choices.currencies).length !== 1;
  });
}

/** Those that every word of the search is found in. */
export function foundTemplates(
  all: readonly SegmentTemplate[],
  search: string,
  language: 'ru' | 'en',
): SegmentTemplate[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return all.filter(({ name, description }) => {
    const text = `${name[language]} ${description[language]}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
