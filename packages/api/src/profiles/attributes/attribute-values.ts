import type { InputProblem } from '../../platform/errors.ts';
import { forbiddenPath, isStorable } from '../../platform/json-names.ts';
import type { AttributeType } from './attribute-definition.entity.ts';

/** What decides whether a value can be taken. */
export interface KnownAttribute {
  code: string;
  type: AttributeType;
  choices: readonly { code: string }[];
  archived: boolean;
}

export interface ReadAttributes {
  /** Those that can be taken; null forgets one. */
  values: Record<string, unknown>;
  problems: InputProblem[];
}

const MOST_ATTRIBUTES = 200;
const LONGEST_ATTRIBUTES = 16_384;
const LONGEST_TEXT = 1_000;

/**
 * Holds values against the definitions. Where the company has defined nothing at all, any JSON is taken, as a partner
 * sends it; from the first definition on an unknown name is refused.
 * @returns problems by path from `attributes` inwards
 */
export function readAttributeValues(
  definitions: ReadonlyMap<string, KnownAttribute>,
  input: unknown,
): ReadAttributes {
  if (input === null || typeof input !== 'object' || Array.isArray(input))
    return refused([], 'FORMAT', 'is an object of named values');
  const forbidden = forbiddenPath(input);
  if (forbidden !== null) return refused(forbidden, 'FORMAT', 'has a name or a text that cannot be used');
  const entries = Object.entries(input);
  if (entries.length > MOST_ATTRIBUTES || JSON.stringify(input).length > LONGEST_ATTRIBUTES)
    return refused([], 'TOO_MANY', 'is more than a profile holds');
  if (definitions.size === 0) return { values: input as Record<string, unknown>, problems: [] };
  const read: ReadAttributes = { values: {}, problems: [] };
  for (const [code, value] of entries) {
    const problem = problemOf(definitions.get(code), value);
    if (problem === null) read.values[code] = value;
    else read.problems.push({ path: ['attributes', code], ...problem });
  }
  return read;
}

function refused(path: string[], code: InputProblem['code'], message: string): ReadAttributes {
  return { values: {}, problems: [{ path: ['attributes', ...path], code, message }] };
}

function problemOf(
  definition: KnownAttribute | undefined,
  value: unknown,
): Omit<InputProblem, 'path'> | null {
  if (definition === undefined || definition.archived)
    return { code: 'UNKNOWN', message: 'is no attribute of this company' };
  if (value === null) return null;
  const message = CHECKS[definition.type](value, definition);
  return message === null ? null : { code: message.startsWith('is none of') ? 'UNKNOWN' : 'FORMAT', message };
}

/** What is wrong with a value; null: nothing. */
const CHECKS: Record<AttributeType, (value: unknown, definition: KnownAttribute) => string | null> = {
  TEXT: (value) =>
    typeof value === 'string' && value.length <= LONGEST_TEXT && isStorable(value)
      ? null
      : `is a text of at most ${LONGEST_TEXT} characters`,
  NUMBER: (value) => (typeof value === 'number' && Number.isFinite(value) ? null : 'is a number'),
  BOOLEAN: (value) => (typeof value === 'boolean' ? null : 'is true or false'),
  DATE: (value) => (typeof value === 'string' && isDay(value) ? null : 'is a calendar day, YYYY-MM-DD'),
  CHOICE: (value, { choices }) => {
    if (typeof value !== 'string') return 'is the code of a choice';
    return choices.some(({ code }) => code === value) ? null : 'is none of the choices';
  },
  MULTI_CHOICE: (value, { choices }) => {
    if (!Array.isArray(value) || new Set(value).size !== value.length)
      return 'is a list of different choices';
    return value.every((one) => choices.some(({ code }) => code === one)) ? null : 'is none of the choices';
  },
};

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

const YES = new Set(['true', '1', 'yes', 'y', 'да', 'д', 'истина', '+']);
const NO = new Set(['false', '0', 'no', 'n', 'нет', 'н', 'ложь', '-']);

/**
 * The value a cell of a file means: numbers with either decimal sign and with spaces between thousands, yes and no in
 * Russian and English, days also as 31.12.2026, several choices between `;` or `,`. What it cannot read it returns as
 * it is, for `readAttributeValues` to refuse. An empty cell is null.
 */
export function attributeFromText({ type }: Pick<KnownAttribute, 'type'>, text: string): unknown {
  const cell = text.trim();
  if (cell === '') return null;
  switch (type) {
    case 'NUMBER': {
      const number = cell.replaceAll(/[\s\u00a0\u202f]/g, '').replace(',', '.');
      return /^[+-]?\d+(\.\d+)?$/.test(number) ? Number(number) : cell;
    }
    case 'BOOLEAN': {
      const word = cell.toLowerCase();
      return YES.has(word) ? true : NO.has(word) ? false : cell;
    }
    case 'DATE':
      return cell.replace(/^(\d{2})\.(\d{2})\.(\d{4})$/, '$3-$2-$1');
    case 'MULTI_CHOICE':
      return [
        ...new Set(
          cell
            .split(/[;,]/)
            .map((code) => code.trim())
            .filter(Boolean),
        ),
      ];
    default:
      return cell;
  }
}
