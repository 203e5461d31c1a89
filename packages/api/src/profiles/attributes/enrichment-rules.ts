import * as z from 'zod';
import {
  auditChange,
  demandScope,
  readSetting,
  writeSetting,
  type SettingKind,
} from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { VersionConflict } from '../../platform/errors.ts';
import { InputProblems } from '../../platform/input-problems.ts';
import { knownDefinitions } from './definitions.ts';
import { NEWEST, type EnrichmentRule } from './enrichment.ts';

/** What every profile has besides attributes, by the name its origin stands under. */
export const STANDARD_FIELDS = [
  'givenName',
  'familyName',
  'patronymic',
  'birthDate',
  'gender',
  'tags',
  'preferredStore',
  'preferredChannel',
] as const;
export type StandardField = (typeof STANDARD_FIELDS)[number];

const Rule = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('NEWEST') }),
  z.object({ kind: z.literal('FIRST') }),
  z.object({ kind: z.literal('SOURCE_PRIORITY'), sources: z.array(z.string()) }),
]);

interface StandardRules {
  version: number;
  /** Fields that are not named follow NEWEST. */
  rules: Partial<Record<StandardField, EnrichmentRule>>;
}

const STANDARD_RULES: SettingKind<StandardRules> = {
  name: 'profile-enrichment',
  schema: z.object({
    version: z.number().int(),
    rules: z.partialRecord(z.enum(STANDARD_FIELDS), Rule),
  }) as z.ZodType<StandardRules>,
  initial: { version: 0, rules: {} },
};

export async function standardRules(
  ctx: Context,
): Promise<{ version: number; rules: { field: StandardField; rule: EnrichmentRule }[] }> {
  const { version, rules } = await readSetting(ctx, STANDARD_RULES);
  return { version, rules: STANDARD_FIELDS.map((field) => ({ field, rule: rules[field] ?? NEWEST })) };
}

/**
 * The rule of a value by the name of its origin: `birthDate`, `attributes.shoeSize`; NEWEST where nothing is decided.
 * Remembered for five seconds.
 */
export async function enrichmentRules(ctx: Context): Promise<(name: string) => EnrichmentRule> {
  const { rules } = await readSetting(ctx, STANDARD_RULES);
  const definitions = await knownDefinitions(ctx);
  const standard = new Map<string, EnrichmentRule>(Object.entries(rules));
  return (name) =>
    (name.startsWith('attributes.')
      ? definitions.get(name.slice('attributes.'.length))?.enrichment
      : standard.get(name)) ?? NEWEST;
}

const MOST_SOURCES = 50;
const LONGEST_SOURCE = 100;

/** What is wrong with the sources of a rule. */
export function checkRule(
  rule: EnrichmentRule,
  path: readonly (string | number)[],
  problems: InputProblems,
): void {
  if (rule.kind !== 'SOURCE_PRIORITY') return;
  const { sources } = rule;
  if (sources.length === 0) problems.add([...path, 'sources'], 'REQUIRED', 'name the first source');
  if (sources.length > MOST_SOURCES)
    problems.add([...path, 'sources'], 'TOO_MANY', `at most ${MOST_SOURCES}`);
  for (const [index, source] of sources.entries()) {
    problems.exact(source, [...path, 'sources', index], { max: LONGEST_SOURCE });
    if (sources.indexOf(source) < index)
      problems.add([...path, 'sources', index], 'DUPLICATE', 'is named twice');
  }
}

export interface SetStandardRules {
  version: number;
  rules: readonly { field: StandardField; rule: EnrichmentRule }[];
}

/** Fields that are not named follow NEWEST. @throws InvalidInput @throws VersionConflict @throws RequestError FORBIDDEN */
export async function setStandardRules(ctx: Context, { version, rules }: SetStandardRules): Promise<void> {
  demandScope(ctx, 'settings.write');
  const problems = new InputProblems();
  for (const [index, { rule }] of rules.entries()) checkRule(rule, ['rules', index, 'rule'], problems);
  problems.refuseAny();
  const after = Object.fromEntries(rules.map(({ field, rule }) => [field, rule]));
  await inTransaction(ctx, async (tx) => {
    const before = await lockRules(tx);
    if (before.version !== version) throw new VersionConflict({ version: before.version });
    await auditChange(tx, {
      action: 'profile-enrichment.changed',
      subject: 'setting:profile-enrichment',
      before: before.rules,
      after: Object.fromEntries(STANDARD_FIELDS.map((field) => [field, after[field] ?? null])),
    });
    await writeSetting(tx, STANDARD_RULES, { version: version + 1, rules: after });
  });
}

/** Straight from the table, one editor at a time. */
async function lockRules(tx: Context): Promise<StandardRules> {
  await tx.sql
    .insertInto('setting')
    .values({
      name: STANDARD_RULES.name,
      value: JSON.stringify(STANDARD_RULES.initial),
      updated_at: tx.clock.now(),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const { value } = await tx.sql
    .selectFrom('setting')
    .select('value')
    .where('name', '=', STANDARD_RULES.name)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return STANDARD_RULES.schema.parse(value);
}
