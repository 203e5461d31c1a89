/**
 * Attributes of goods that rules ask for, whatever the rules' shape: the keys of every object that stands under
 * `attributes`. Others of a product are neither read nor stored with an order.
 */
export function attributesAsked(rules: readonly object[]): string[] {
  const asked = new Set<string>();
  for (const rule of rules) for (const name of ofOne(rule)) asked.add(name);
  return [...asked].toSorted();
}

/** Rules are immutable objects that live for a while: each is looked through once. */
const known = new WeakMap<object, readonly string[]>();

function ofOne(rule: object): readonly string[] {
  const before = known.get(rule);
  if (before !== undefined) return before;
  const names: string[] = [];
  collect(rule, names);
  known.set(rule, names);
  return names;
}

function collect(value: unknown, names: string[]): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'attributes' && typeof inner === 'object' && inner !== null)
      names.push(...Object.keys(inner));
    else collect(inner, names);
  }
}

/** Attributes as rules compare them: texts, numbers, booleans and lists of them, as texts. */
export function attributeTexts(
  attributes: Readonly<Record<string, unknown>> | null | undefined,
): Record<string, string[]> | undefined {
  const read = Object.entries(attributes ?? {}).flatMap(([name, value]) => {
    const texts = (Array.isArray(value) ? value : [value]).filter(isPlain).map(String);
    return texts.length > 0 ? [[name, texts] as const] : [];
  });
  return read.length > 0 ? Object.fromEntries(read) : undefined;
}

function isPlain(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
