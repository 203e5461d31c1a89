declare const TILL_VERSION: string;

declare module 'virtual:persisted-documents' {
  /** SHA-256 of each document by its operation's name; empty in development, where the text is sent. */
  export const hashes: Readonly<Record<string, string>>;
}
