import { UnreadableFile } from '../exchange.errors.ts';

/**
 * Takes the fields of one record.
 * @param line line of the file it begins on, from 1
 */
export type TakeRecord = (fields: string[], line: number) => void;

export interface CsvRecords {
  /** Hands over every record that is complete. @throws UnreadableFile */
  push(text: string): void;
  /** Hands over the last one. @throws UnreadableFile when a quote is left open */
  end(): void;
}

const QUOTE = '"';
/** A record longer than this is an opening quote that nobody closes. Characters. */
const LONGEST_RECORD = 1_000_000;

/**
 * Cuts text, given in pieces of any size, into records of RFC 4180: fields in quotes may hold delimiters, doubled
 * quotes and line ends. Lines end in LF or CRLF; empty lines and a byte order mark are passed over. A quote inside a
 * field that does not begin with one is an ordinary character.
 */
export function csvRecords(delimiter: string, take: TakeRecord): CsvRecords {
  let rest = '';
  let line = 1;
  let started = false;

  /** @returns where the first incomplete record begins */
  function cut(text: string, last: boolean): number {
    let start = 0;
    let quote = text.indexOf(QUOTE);
    while (start < text.length) {
      let end = text.indexOf('\n', start);
      if (end === -1) {
        if (!last) return start;
        end = text.length;
      }
      if (quote !== -1 && quote < start) quote = text.indexOf(QUOTE, start);
      if (quote === -1 || quote >= end) {
        // By far the most lines: one look for quotes ahead, then the fastest split there is.
        const stop = text.charCodeAt(end - 1) === 13 ? end - 1 : end;
        if (stop > start) take(text.slice(start, stop).split(delimiter), line);
        line += 1;
        start = end + 1;
        continue;
      }
      const quoted = readQuoted(text, start, delimiter, last);
      if (quoted === null) {
        if (last)
          throw new UnreadableFile(`a quote opened on line ${line} is never closed`, {
            reason: 'OPEN_QUOTE',
            row: line,
          });
        return start;
      }
      take(quoted.fields, line);
      line += quoted.lines;
      start = quoted.next;
    }
    return text.length;
  }

  return {
    push(text) {
      const all = started ? rest + text : text.replace(/^\uFEFF/, '');
      started ||= text.length > 0;
      rest = all.slice(cut(all, false));
      if (rest.length > LONGEST_RECORD)
        throw new UnreadableFile(
          `the record on line ${line} is longer than ${LONGEST_RECORD} characters: is a quote left open?`,
          { reason: 'OPEN_QUOTE', row: line },
        );
    },
    end() {
      cut(rest, true);
      rest = '';
    },
  };
}

interface QuotedRecord {
  readonly fields: string[];
  readonly next: number;
  readonly lines: number;
}

/** @returns null when the record goes on beyond the text */
function readQuoted(text: string, from: number, delimiter: string, last: boolean): QuotedRecord | null {
  const fields: string[] = [];
  let at = from;
  let lines = 1;
  for (;;) {
    let value: string;
    if (text[at] === QUOTE) {
      const close = closingQuote(text, at + 1, last);
      if (close === -1) return null;
      const inside = text.slice(at + 1, close);
      lines += inside.split('\n').length - 1;
      value = inside.replaceAll('""', QUOTE);
      at = close + 1;
      // What stands between the closing quote and the delimiter belongs to the field: nothing is lost silently.
      const tail = fieldEnd(text, at, delimiter, last);
      if (tail === -1) return null;
      value += withoutReturn(text, at, tail);
      at = tail;
    } else {
      const end = fieldEnd(text, at, delimiter, last);
      if (end === -1) return null;
      value = withoutReturn(text, at, end);
      at = end;
    }
    fields.push(value);
    if (at >= text.length || text[at] === '\n') return { fields, next: at + 1, lines };
    at += delimiter.length;
  }
}

/** A carriage return before the end of the line is part of that end. */
function withoutReturn(text: string, from: number, to: number): string {
  const lineEnds = to >= text.length || text[to] === '\n';
  return text.slice(from, lineEnds && to > from && text[to - 1] === '\r' ? to - 1 : to);
}

function closingQuote(text: string, from: number, last: boolean): number {
  let at = text.indexOf(QUOTE, from);
  while (at !== -1) {
    if (text[at + 1] !== QUOTE) return at + 1 === text.length && !last ? -1 : at;
    at = text.indexOf(QUOTE, at + 2);
  }
  return -1;
}

function fieldEnd(text: string, from: number, delimiter: string, last: boolean): number {
  const comma = text.indexOf(delimiter, from);
  const newline = text.indexOf('\n', from);
  if (comma === -1 && newline === -1) return last ? text.length : -1;
  if (comma === -1) return newline;
  return newline === -1 ? comma : Math.min(comma, newline);
}
