import type { ProgramSettings } from '../receipt/program-settings.ts';
import { actionSentence } from './action-sentences.ts';
import {
  earningSentence,
  earnOnPointsSentence,
  limitSentence,
  multiplierModeSentence,
  multiplierSentence,
} from './earning-sentences.ts';
import { goodsOfAny } from './goods-words.ts';
import {
  attachSentence,
  earnWithoutCodeSentence,
  expiredRestoreSentence,
  fiscalModeSentence,
  freedCodeSentence,
  holdSentence,
  privacySentence,
  releaseSentence,
  returnPolicySentence,
} from './house-sentences.ts';
import { said, type Speech } from './language.ts';
import {
  capSentence,
  codeSentence,
  floorPriceSentence,
  freezeSentence,
  lifeSentence,
  pointValueSentence,
  spendingBoundsSentence,
} from './spending-sentences.ts';
import { ladderSentence, levelSentence } from './tier-sentences.ts';

export type ProgramTopic =
  | 'earning'
  | 'multipliers'
  | 'actions'
  | 'spending'
  | 'life'
  | 'tiers'
  | 'limits'
  | 'returns'
  | 'holds';

export interface ProgramSentence {
  readonly topic: ProgramTopic;
  /** The same in every version: `rule.purchase`, `redemption.cap`. */
  readonly key: string;
  readonly text: string;
  /** Top-level names of the settings it speaks of. */
  readonly of: readonly (keyof ProgramSettings)[];
}

/** The whole program in plain sentences, in the order in which people ask. */
export function programSentences(speech: Speech, settings: ProgramSettings): ProgramSentence[] {
  const named = withTierNames(speech, settings);
  return [
    ...earning(named, settings),
    ...multipliers(named, settings),
    ...settings.actions.map((rule) =>
      one('actions', `action.${rule.code}`, actionSentence(named, rule), ['actions']),
    ),
    ...spending(named, settings),
    one('life', 'freeze', freezeSentence(named, settings), ['freezeDays']),
    one('life', 'life', lifeSentence(named, settings), ['ttlDays']),
    one('tiers', 'ladder', ladderSentence(named, settings.tiers), ['tiers']),
    ...settings.tiers.levels.map((level) =>
      one('tiers', `tier.${level.code}`, levelSentence(named, level, settings.tiers.basis), ['tiers']),
    ),
    ...limits(named, settings),
    one('returns', 'returnPolicy', returnPolicySentence(named, settings), ['returnPolicy']),
    one('returns', 'restore', expiredRestoreSentence(named, settings), ['expiredRestorePolicy']),
    one('returns', 'freedCode', freedCodeSentence(named, settings), ['freeCodeOnFullReturn']),
    one('holds', 'holds', holdSentence(named, settings), ['holdMinutesTill', 'holdHoursOnline']),
    one('holds', 'release', releaseSentence(named, settings), ['releaseGraceHours']),
    one('holds', 'attach', attachSentence(named, settings), ['attach']),
    one('holds', 'privacy', privacySentence(named, settings), ['hideAccountUntilVerified']),
  ].filter((sentence) => sentence !== null);
}

/** Tiers are called by their names, not by their codes. */
export function withTierNames(speech: Speech, { tiers }: Pick<ProgramSettings, 'tiers'>): Speech {
  const names = new Map(tiers.levels.map(({ code, name }) => [code, name]));
  return { ...speech, tierName: (code) => names.get(code) ?? code };
}

function one(topic: ProgramTopic, key: string, text: string, of: ProgramSentence['of']): ProgramSentence;
function one(
  topic: ProgramTopic,
  key: string,
  text: string | null,
  of: ProgramSentence['of'],
): ProgramSentence | null;
function one(
  topic: ProgramTopic,
  key: string,
  text: string | null,
  of: ProgramSentence['of'],
): ProgramSentence | null {
  return text === null ? null : { topic, key, text, of };
}

function earning(speech: Speech, settings: ProgramSettings): (ProgramSentence | null)[] {
  const excluded = goodsOfAny(speech, settings.earningExclusions);
  return [
    ...settings.earningRules.map((rule) =>
      one('earning', `rule.${rule.code}`, titled(rule, earningSentence(speech, rule)), ['earningRules']),
    ),
    one('earning', 'earnOnPoints', earnOnPointsSentence(speech, settings), ['earnOnPoints']),
    one(
      'earning',
      'earningExclusions',
      excluded && said(speech, `Никогда не начисляется на: ${excluded}.`, `Never earned on: ${excluded}.`),
      ['earningExclusions'],
    ),
    one('earning', 'earnWithoutCode', earnWithoutCodeSentence(speech, settings), ['earnWithoutCode']),
  ];
}

/** «Праздничное: 5 баллов за …» */
function titled({ name }: { readonly name?: string }, sentence: string | null): string | null {
  return sentence === null || name === undefined || name === '' ? sentence : `${name}: ${sentence}`;
}

function multipliers(
  speech: Speech,
  { multipliers: rules, multiplierMode }: ProgramSettings,
): ProgramSentence[] {
  const mode = one('multipliers', 'multiplierMode', multiplierModeSentence(speech, multiplierMode), [
    'multiplierMode',
  ]);
  return [
    ...rules.map((rule) =>
      one('multipliers', `multiplier.${rule.code}`, multiplierSentence(speech, rule), ['multipliers']),
    ),
    ...(rules.length > 1 ? [mode] : []),
  ];
}

function spending(speech: Speech, settings: ProgramSettings): (ProgramSentence | null)[] {
  const { redemption } = settings;
  const excluded = goodsOfAny(speech, redemption.exclusions);
  const of = ['redemption'] as const;
  return [
    one('spending', 'cap', capSentence(speech, redemption), of),
    one('spending', 'pointValue', pointValueSentence(speech, settings), ['pointValueMinor']),
    one('spending', 'floorPrice', floorPriceSentence(speech, redemption), of),
    one('spending', 'bounds', spendingBoundsSentence(speech, redemption), of),
    one(
      'spending',
      'exclusions',
      excluded &&
        said(speech, `Баллами нельзя платить за: ${excluded}.`, `Points never pay for: ${excluded}.`),
      of,
    ),
    one('spending', 'code', codeSentence(speech, redemption.code), of),
    one('spending', 'fiscalMode', fiscalModeSentence(speech, settings), ['fiscalMode']),
  ];
}

function limits(speech: Speech, settings: ProgramSettings): ProgramSentence[] {
  const names = new Map<string, string>([
    ...settings.earningRules.map(({ code, name }): [string, string] => [code, name ?? code]),
    ...settings.actions.map(({ code, name }): [string, string] => [code, name]),
  ]);
  return settings.earningLimits.map((limit) =>
    one(
      'limits',
      `limit.${limit.code}`,
      limitSentence(speech, limit, (code) => names.get(code) ?? code),
      ['earningLimits'],
    ),
  );
}
