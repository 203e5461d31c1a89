export interface Words {
  [key: string]: string | Words;
}

/** Areas may speak about the same topic (`refusals`): their words are put together. */
export function mergeWords(parts: readonly Words[]): Words {
  const whole: Words = {};
  for (const part of parts) {
    for (const [key, value] of Object.entries(part)) {
      const before = whole[key];
      const both = typeof before === 'object' && typeof value === 'object';
      whole[key] = both ? mergeWords([before, value]) : value;
    }
  }
  return whole;
}

/** `customers.title`, … of every sentence. */
export function keysOf(words: Words, prefix = ''): string[] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string' ? [prefix + key] : keysOf(value, `${prefix}${key}.`),
  );
}
