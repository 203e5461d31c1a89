import { expect, test } from 'vitest';
import { readTokens, tokens } from './tokens.ts';

test('dark says what differs, light the rest', () => {
  const css = `:root { --ink: #111; --radius: 12px; }
    @media (prefers-color-scheme: dark) { :root { --ink: #eee; } }`;
  expect(readTokens(css)).toEqual({
    light: { '--ink': '#111', '--radius': '12px' },
    dark: { '--ink': '#eee', '--radius': '12px' },
  });
});

/** WCAG 2: relative luminance of #rrggbb. */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

test.each(['light', 'dark'] as const)('%s: text reads at 4.5:1, edges stand out at 3:1', (name) => {
  const colour = (token: string): string => tokens[name][token] ?? '';
  for (const background of ['--bg', '--surface', '--raised']) {
    for (const ink of ['--ink', '--ink-2', '--accent', '--points', '--ok', '--warn', '--bad'])
      expect([ink, background, contrast(colour(ink), colour(background)) >= 4.5]).toEqual([
        ink,
        background,
        true,
      ]);
    expect(contrast(colour('--edge'), colour(background))).toBeGreaterThanOrEqual(3);
  }
  for (const soft of ['accent', 'points', 'ok', 'warn', 'bad'])
    expect([soft, contrast(colour(`--${soft}`), colour(`--${soft}-soft`)) >= 4.5]).toEqual([soft, true]);
  expect(contrast(colour('--on-accent'), colour('--accent'))).toBeGreaterThanOrEqual(4.5);
});
