import type { Random } from '../../random.ts';
import { copyTime, NULL } from '../bulk/row-text.ts';
import type { TimeOrderedIds } from '../bulk/time-ordered-ids.ts';

const CHANNELS = ['EMAIL', 'SMS', 'VIBER', 'PUSH', 'CALL'];
const DAY = 86_400_000;

interface Whose {
  readonly id: string;
  readonly createdAt: number;
  /** A member agreed to processing; who is only known was not asked. */
  readonly enrolled: boolean;
  readonly now: number;
  readonly ids: TimeOrderedIds;
}

interface Answer {
  readonly purpose: 'PROCESSING' | 'ADVERTISING';
  readonly channel: string | null;
  readonly granted: boolean;
  readonly at: number;
}

/** Answers as people give them: to everything at once, channel by channel, and some change their mind. */
export function consentRows(
  random: Random,
  whose: Whose,
  texts: { readonly processing: string; readonly advertising: string },
): string[] {
  return answersOf(random, whose).map(({ purpose, channel, granted, at }) => {
    const text = purpose === 'PROCESSING' ? texts.processing : texts.advertising;
    return `${whose.id}\t${whose.ids.next(at)}\t${text}\t${purpose}\t1.0\t${channel ?? NULL}\t${NULL}\t${
      granted ? 't' : 'f'
    }\tstores\t${copyTime(at)}\n`;
  });
}

function answersOf(random: Random, { createdAt: at, enrolled, now }: Whose): Answer[] {
  const answers: Answer[] = [];
  if (enrolled) answers.push({ purpose: 'PROCESSING', channel: null, granted: true, at });
  const how = random.next();
  if (how < 0.45) answers.push({ purpose: 'ADVERTISING', channel: null, granted: true, at });
  else if (how < 0.6) answers.push({ purpose: 'ADVERTISING', channel: null, granted: false, at });
  else if (how < 0.85)
    for (const channel of CHANNELS)
      if (random.chance(0.55))
        answers.push({ purpose: 'ADVERTISING', channel, granted: random.chance(0.75), at });
  if (how < 0.45 && random.chance(0.12)) {
    const later = at + Math.floor(random.next() * Math.max(0, now - at - DAY));
    answers.push({ purpose: 'ADVERTISING', channel: random.pick(CHANNELS), granted: false, at: later });
  }
  return answers;
}
