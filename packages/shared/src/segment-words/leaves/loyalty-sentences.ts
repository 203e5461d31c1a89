import type { LeafArgs } from '../../segments/index.ts';
import { said } from '../../sentences/language.ts';
import { happenedWithin } from '../words/moments-words.ts';
import { numberRange } from '../words/range-words.ts';
import type { Sentences } from './sentence-kind.ts';
import { agreed, anyOfMany, countOf, DAYS, joined, nameIn } from '../words/speech.ts';
import type { Names, SegmentSpeech } from '../words/speech.ts';

export const LOYALTY_SENTENCES: Sentences<'POINTS' | 'TIER' | 'PROMO_CODE'> = {
  POINTS: (args, speech, names) => {
    const subject = joined([pointsWords(speech, args), programWords(speech, names, args.program)]);
    const number = numberRange(speech, args.range);
    return said(speech, `${subject} — ${number}`, `${subject}: ${number}`);
  },
  TIER: ({ tiers }, speech, names) => {
    const list = anyOfMany(speech, tiers, (tier) => nameIn(speech, names, 'TIER', tier));
    return said(speech, `Уровень: ${list}`, `Tier: ${list}`);
  },
  PROMO_CODE: ({ pools = [], state, moments = { kind: 'ALWAYS' } }, speech, names) => {
    const list = anyOfMany(speech, pools, (pool) => nameIn(speech, names, 'POOL', pool));
    const code = joined([
      said(speech, 'промокод', 'promo code'),
      pools.length === 0 ? '' : said(speech, `серии ${list}`, `of series ${list}`),
    ]);
    const when = happenedWithin(speech, moments);
    const given = when === '' ? '' : said(speech, `, выдан ${when}`, `, given ${when}`);
    switch (state) {
      case 'OPEN':
        return said(speech, `Есть действующий ${code}${given}`, `Has an open ${code}${given}`);
      case 'USED':
        return joined([said(speech, `Использовали ${code}`, `Used a ${code}`), when]);
      case 'EXPIRED':
        return said(speech, `Не использовали вовремя ${code}${given}`, `Let a ${code} expire${given}`);
    }
  },
};

function pointsWords(speech: SegmentSpeech, { which, withinDays = 0 }: LeafArgs['POINTS']): string {
  switch (which) {
    case 'ACTIVE':
      return said(speech, 'Активных баллов', 'Active points');
    case 'PENDING':
      return said(speech, 'Ещё не активных баллов', 'Pending points');
    case 'DEBT':
      return said(speech, 'Долг в баллах', 'Debt in points');
    case 'EXPIRING': {
      const term = countOf(speech, withinDays, DAYS);
      const soon = agreed(withinDays, 'ближайший', 'ближайшие');
      return said(speech, `Сгорит баллов в ${soon} ${term}`, `Points expiring within ${term}`);
    }
  }
}

function programWords(speech: SegmentSpeech, names: Names, program: string | undefined): string {
  if (program === undefined) return '';
  const name = nameIn(speech, names, 'PROGRAM', program);
  return said(speech, `(программа ${name})`, `(program ${name})`);
}
