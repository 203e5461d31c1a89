import { percent } from '../../sentences/amounts.ts';
import { quoted, said } from '../../sentences/language.ts';
import type { Sentences } from './sentence-kind.ts';
import { nameIn } from '../words/speech.ts';

export const SET_SENTENCES: Sentences<'SEGMENT' | 'SNAPSHOT' | 'BUCKET'> = {
  SEGMENT: ({ segment }, speech, names) => {
    const name = nameIn(speech, names, 'SEGMENT', segment);
    return said(speech, `Входят в сегмент ${name}`, `In segment ${name}`);
  },
  SNAPSHOT: ({ snapshot }, speech, names) => {
    const name = nameIn(speech, names, 'SNAPSHOT', snapshot);
    return said(speech, `Есть в снимке ${name}`, `In snapshot ${name}`);
  },
  BUCKET: ({ seed, from, to }, speech) => {
    const [low, high] = [percent(speech, from), percent(speech, to)];
    return said(
      speech,
      `Случайная доля ${quoted(speech, seed)}: от ${low} до ${high}`,
      `Random share ${quoted(speech, seed)}: from ${low} to ${high}`,
    );
  },
};
