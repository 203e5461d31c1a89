import css from '@clientele/shared/look/tokens.css?raw';

/** CSS variables by name with their dashes: `--accent` → `#0f5e5a`. */
export type Tokens = Readonly<Record<string, string>>;

/** The look of light and dark: dark takes over what it does not say itself. */
export function readTokens(text: string): { light: Tokens; dark: Tokens } {
  const [bright = '', dark = ''] = text.split(/@media \(prefers-color-scheme: dark\)/);
  const light = declarations(bright);
  return { light, dark: { ...light, ...declarations(dark) } };
}

function declarations(text: string): Tokens {
  const found = text.matchAll(/(--[\w-]+):\s*([^;]+);/g);
  return Object.fromEntries([...found].map(([, name = '', value = '']) => [name, value.trim()]));
}

export const tokens = readTokens(css);
