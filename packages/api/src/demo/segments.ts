import type { Condition } from '@clientele/shared/segments';
import { filled, SEGMENT_TEMPLATES } from '@clientele/shared/segments/templates';
import { computeWaiting, createSegment } from '../segments/index.ts';
import type { Context } from '../platform/context.ts';

interface DemoSegment {
  name: string;
  description: string;
  condition: Condition;
}

export const SLEEPING = 'Спящие полгода';
export const SHOE_LOVERS = 'Любят обувь';

const SHOES = { only: { categories: ['Обувь'] } };

/** Ready ones the company began with; what they leave open is filled in for clothes sold in roubles. */
const FROM_TEMPLATES = [
  'active-within-year',
  'sleeping-half-year',
  'one-time-buyers',
  'birthday-week',
  'email-missing',
  'big-spenders',
];

const OWN: readonly DemoSegment[] = [
  {
    name: SHOE_LOVERS,
    description: 'Не меньше трети покупок — обувь, недавние весят больше.',
    condition: {
      leaf: 'INTEREST',
      goods: { categories: ['Обувь'] },
      leastShare: 3_000,
      pieces: 2,
      halfLifeDays: 180,
    },
  },
  {
    name: 'Обувь дважды за 90 дней, месяц не заходили',
    description: 'Согласны на SMS: напомнить о себе.',
    condition: {
      group: 'ALL',
      of: [
        {
          leaf: 'PURCHASES',
          measure: 'COUNT',
          purchases: { goods: SHOES },
          moments: { kind: 'ROLLING', days: 90 },
          range: { least: 2 },
        },
        {
          group: 'NONE',
          of: [
            {
              leaf: 'PURCHASES',
              measure: 'COUNT',
              moments: { kind: 'ROLLING', days: 30 },
              range: { least: 1 },
            },
          ],
        },
        { leaf: 'CONSENT', purpose: 'ADVERTISING', channel: 'SMS', state: 'GRANTED' },
      ],
    },
  },
  {
    name: 'Золото и платина',
    description: 'Уровни программы, которым рады особенно.',
    condition: { leaf: 'TIER', tiers: ['GOLD', 'PLATINUM'] },
  },
];

function demoSegments(): DemoSegment[] {
  return [
    ...FROM_TEMPLATES.map((code) => {
      const template = SEGMENT_TEMPLATES.find((one) => one.code === code);
      if (template === undefined) throw new Error(`there is no ready segment ${code}`);
      const condition = filled(template, ({ asks }) => (asks === 'CURRENCY' ? 'RUB' : undefined));
      return { name: template.name.ru, description: template.description.ru, condition };
    }),
    ...OWN,
  ];
}

/**
 * Segments the company works with, and who is in them: promotions name them afterwards. A second time makes those that
 * are missing.
 */
export async function writeDemoSegments(ctx: Context): Promise<void> {
  const known = await ctx.sql.selectFrom('segment').select('name').execute();
  const names = new Set(known.map(({ name }) => name));
  for (const segment of demoSegments()) if (!names.has(segment.name)) await createSegment(ctx, segment);
  await computeWaiting(ctx);
}

/** @returns its id */
export async function demoSegment(ctx: Context, name: string): Promise<string> {
  const { id } = await ctx.sql
    .selectFrom('segment')
    .select('id')
    .where('name', '=', name)
    .executeTakeFirstOrThrow();
  return id;
}
