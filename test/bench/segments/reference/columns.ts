/** Columns of one grouped subquery, each once however many conditions use it, as one writes them by hand. */
export class Columns {
  readonly #names = new Map<string, string>();
  readonly #letter: string;

  constructor(letter: string) {
    this.#letter = letter;
  }

  /** @returns its name */
  of(expression: string): string {
    const name = this.#names.get(expression) ?? `${this.#letter}${this.#names.size}`;
    this.#names.set(expression, name);
    return name;
  }

  /** `expression as name`, one a line. */
  get list(): string {
    return [...this.#names].map(([expression, name]) => `${expression} as ${name}`).join(',\n    ');
  }

  get names(): string[] {
    return [...this.#names.values()];
  }
}

export function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

export function texts(values: readonly string[]): string {
  return `array[${values.map(text).join(', ')}]::text[]`;
}
