declare const ADMIN_VERSION: string;

declare module 'virtual:possible-types' {
  /** Names of the concrete types by the name of each interface and union of the schema. */
  export const possibleTypes: Readonly<Record<string, string[]>>;
}

declare module '*.css?raw' {
  const text: string;
  export default text;
}

declare module 'virtual:persisted-documents' {
  /** SHA-256 of each document by its operation's name; empty in development, where the text is sent. */
  export const hashes: Readonly<Record<string, string>>;
}
