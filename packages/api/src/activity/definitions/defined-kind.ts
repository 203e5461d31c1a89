export const PROPERTY_TYPES = ['TEXT', 'NUMBER', 'BOOLEAN', 'DATE', 'ID', 'MONEY'] as const;

export type PropertyType = (typeof PROPERTY_TYPES)[number];

/** One property of a kind of event: its name in JSON and what stands there. */
export interface DefinedProperty {
  readonly code: string;
  readonly type: PropertyType;
  readonly required: boolean;
}

/** A kind of event whose properties are known. */
export interface DefinedKind {
  readonly code: string;
  readonly nameRu: string;
  readonly nameEn: string;
  readonly properties: readonly DefinedProperty[];
  readonly builtIn: boolean;
  /** 0: as it is built in. */
  readonly version: number;
  readonly archivedAt: Date | null;
}

const KIND = /^[A-Za-z][A-Za-z0-9_.:-]{0,63}$/;

/** Latin letters, digits and `_.:-`, so that every kind can be written in a file, an address and a rule. */
export function isKindCode(text: string): boolean {
  return KIND.test(text);
}
