import type { LeafArgs, LeafCode } from '../../segments/index.ts';
import type { Names, SegmentSpeech } from '../words/speech.ts';

/** How a leaf of one kind is told. */
export type Sentence<Code extends LeafCode> = (
  args: LeafArgs[Code],
  speech: SegmentSpeech,
  names: Names,
) => string;

export type Sentences<Code extends LeafCode> = { readonly [Each in Code]: Sentence<Each> };
