import * as z from 'zod';
import { UnusableMapping } from '../../exchange.errors.ts';

export const IMPORT_KINDS = ['PROFILES', 'PRODUCTS', 'EVENTS', 'BALANCES'] as const;
/** What a table of rows may hold; orders have a mapping of their own. */
export type TableKind = (typeof IMPORT_KINDS)[number];

const text = z.string().trim().min(1).max(300);

const Mapping = z.strictObject({
  name: text,
  kind: z.enum(IMPORT_KINDS),
  /** Which column is what. A field that may be several, like a phone, may be named several times. */
  columns: z
    .array(
      z.strictObject({
        column: z.string().min(1).max(300),
        /** See `fields.ts`; `attribute:<name>`, `consent:<purpose>`, `property:<name>` carry a name. */
        field: text,
      }),
    )
    .min(1)
    .max(1_000),
  file: z
    .strictObject({
      delimiter: z.union([z.string().length(1), z.literal('auto')]).default('auto'),
      encoding: z
        .enum(['auto', 'utf-8', 'windows-1251', 'utf-16le', 'utf-16be', 'iso-8859-1'])
        .default('auto'),
      sheet: text.nullable().default(null),
      decimalPoint: z.enum(['.', ',', 'auto']).default('auto'),
      /** How days are written; `auto` reads 2026-11-22 and 22.11.2026. */
      dates: z.enum(['auto', 'DMY', 'MDY', 'YMD']).default('auto'),
      /** Of moments without an offset. */
      timeZone: text.default('Europe/Moscow'),
    })
    .prefault({}),
  options: z
    .strictObject({
      /** Of phones without a country code; absent: the first store's. */
      country: z
        .string()
        .regex(/^[A-Z]{2}$/)
        .optional(),
      /** Tags every person of the file gets. */
      tags: z.array(text).max(20).default([]),
      /** Code of the brand whose consent texts and program are meant; absent: the only one there is. */
      brand: text.optional(),
      /** Of prices; absent: the company's. */
      currency: z
        .string()
        .regex(/^[A-Z]{3}$/)
        .optional(),
      /** Source of EXTERNAL ids that name people in events and balances; absent: the import's own. */
      profileSource: text.optional(),
      /** A value that cannot be read is left out, and the rest of its row is taken. */
      skipBadValues: z.boolean().default(false),
      /** What the event kind is where no column says it. */
      eventKind: text.optional(),
      /** Codes of event kinds by the file's own words for them. */
      eventKinds: z.record(z.string(), text).default({}),
      /** Events whose rows are equal in everything and have no number of their own: one event, or one each. */
      equalRows: z.enum(['ONE', 'EACH']).default('ONE'),
    })
    .prefault({}),
});

/** How a file of rows is read. */
export type TableMapping = z.output<typeof Mapping>;

/** @param content parsed JSON @throws UnusableMapping */
export function parseTableMapping(content: unknown): TableMapping {
  const parsed = Mapping.safeParse(content);
  if (!parsed.success) throw new UnusableMapping(z.prettifyError(parsed.error));
  return parsed.data;
}
