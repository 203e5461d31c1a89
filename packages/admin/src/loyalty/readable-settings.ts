import { presetSettings } from '@clientele/shared/receipt';
import type { ProgramSettings } from '@clientele/shared/receipt';

/**
 * A draft may be anything a program wrote: what is missing or of another kind is taken from the preset, so that the
 * editor can show it and a person mend it. Right settings come back as they are.
 */
export function readableSettings(json: unknown): ProgramSettings {
  const filled = fit(json, presetSettings as unknown as Shape);
  return {
    ...filled,
    redemption: redemptionOf(filled['redemption']),
    tiers: fit(filled['tiers'], presetSettings.tiers as unknown as Shape),
    attach: fit(filled['attach'], presetSettings.attach),
  } as unknown as ProgramSettings;
}

type Shape = Readonly<Record<string, unknown>>;

function redemptionOf(json: unknown): Shape {
  const redemption = fit(json, presetSettings.redemption as unknown as Shape);
  return { ...redemption, code: fit(redemption['code'], presetSettings.redemption.code as unknown as Shape) };
}

function fit(value: unknown, base: Shape): Shape {
  if (!isObject(value)) return base;
  const known = Object.entries(base).map(([name, own]): [string, unknown] => {
    const given = value[name];
    if (Array.isArray(own))
      return [name, Array.isArray(given) ? given.filter((item) => isListed(item, name)) : own];
    if (isObject(own)) return [name, isObject(given) ? given : own];
    return [name, given === undefined ? own : given];
  });
  return { ...value, ...Object.fromEntries(known) };
}

function isListed(item: unknown, name: string): boolean {
  if (name === 'neverAtStoreIds') return typeof item === 'string';
  return isObject(item) && typeof item['code'] === 'string';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
