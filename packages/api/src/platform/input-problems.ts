import { InvalidInput, type InputProblem, type InputProblemCode } from './errors.ts';

/** Path from the input inwards; numbers are positions in lists. */
export type InputPath = readonly (string | number)[];

/** Collects everything that is wrong with an input, so that the caller is told at once and by path. */
export class InputProblems {
  readonly list: InputProblem[] = [];

  add(path: InputPath, code: InputProblemCode, message: string): void {
    this.list.push({ path: path.map(String), code, message });
  }

  /** @throws InvalidInput when something was wrong */
  refuseAny(): void {
    if (this.list.length > 0) throw new InvalidInput(this.list);
  }

  /** The value, or a problem where it is null: for parsers that answer null to what they cannot read. */
  need<T>(
    value: T | null | undefined,
    path: InputPath,
    code: InputProblemCode,
    message: string,
  ): T | undefined {
    if (value !== null && value !== undefined) return value;
    this.add(path, code, message);
    return undefined;
  }

  /** A text that is there, without control characters, and of bearable length; trimmed. */
  text(value: string | null | undefined, path: InputPath, max: number): string | undefined {
    const text = value?.trim();
    if (text === undefined || text === '')
      return this.need<string>(null, path, 'REQUIRED', 'may not be empty');
    if (text.length > max)
      return this.need<string>(null, path, 'RANGE', `may have ${max} characters at most`);
    if (CONTROL.test(text)) return this.need<string>(null, path, 'FORMAT', 'may not hold control characters');
    return text;
  }

  /**
   * A text that is stored exactly as it came, or refused: nothing is trimmed or mended behind the writer's back.
   * @param lines whether it may have several
   */
  exact(
    value: string,
    path: InputPath,
    { max, lines = false }: { max: number; lines?: boolean },
  ): string | undefined {
    if (value.trim() === '') return this.need<string>(null, path, 'REQUIRED', 'may not be empty');
    if (value.length > max)
      return this.need<string>(null, path, 'RANGE', `may have ${max} characters at most`);
    if (value !== value.trim())
      return this.need<string>(null, path, 'FORMAT', 'may not begin or end with a space');
    if (!value.isWellFormed() || CONTROL.test(lines ? value.replaceAll(/[\n\t]/g, '') : value))
      return this.need<string>(null, path, 'FORMAT', 'may not hold control characters');
    return value;
  }
}

// oxlint-disable-next-line no-control-regex -- that is what is looked for
const CONTROL = /[\u0000-\u001f\u007f]/;
