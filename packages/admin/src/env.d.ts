declare const ADMIN_VERSION: string;

declare module 'virtual:possible-types' {
  /** Names of the concrete types by the name of each interface and union of the schema. */
  export const possibleTypes: Readonly<Record<string, string[]>>;
}

declare module '*.css?raw' {
  const text: string;
  export default text;
}
