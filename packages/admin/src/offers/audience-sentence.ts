import type { Audience } from '@clientele/shared/promotions';
import { anyOf, quoted, said, tierWords, type Speech } from '@clientele/shared/sentences';
import type { RuleSpeech } from './terms-sentence.ts';

/** Who gets it: «Покупателям: с меткой «VIP»», «Для сегмента «Спящие»». */
export function audienceSentence(speech: RuleSpeech, audience: Audience): string {
  return whoWords(speech, audience) + exceptWords(speech, audience.except);
}

function whoWords(speech: RuleSpeech, { who, tags, tiers, segmentIds }: Audience): string {
  if (who === 'ANYBODY') return said(speech, 'Всем покупателям', 'Everybody');
  if (who === 'MEMBERS') return said(speech, 'Только участникам программы', 'Members only');
  if (who === 'GRANTED')
    return said(speech, 'Тем, кому предложение выдано лично', 'Those it was granted to personally');
  if (segmentIds.length > 0 && tags.length + tiers.length === 0) return segmentsAlone(speech, segmentIds);
  const chosen = [
    tags.length === 0 ? null : taggedWords(speech, tags),
    tiers.length === 0 ? null : tierWords(speech, tiers).replace(/^(для |for )/, ''),
    segmentIds.length === 0 ? null : fromSegments(speech, segmentIds),
  ].filter((part) => part !== null);
  const named = chosen.length === 0 ? '…' : anyOf(speech, chosen);
  return said(speech, `Покупателям: ${named}`, `Shoppers: ${named}`);
}

function segmentsAlone(speech: RuleSpeech, ids: readonly string[]): string {
  const names = segmentNames(speech, ids);
  return ids.length === 1
    ? said(speech, `Для сегмента ${names}`, `For the segment ${names}`)
    : said(speech, `Для сегментов ${names}`, `For the segments ${names}`);
}

function exceptWords(speech: RuleSpeech, { tags, segmentIds }: Audience['except']): string {
  const left = [
    tags.length === 0 ? null : taggedWords(speech, tags),
    segmentIds.length === 0 ? null : fromSegments(speech, segmentIds),
  ].filter((part) => part !== null);
  if (left.length === 0) return '';
  const named = anyOf(speech, left);
  return said(speech, `, кроме покупателей ${named}`, `, except those ${named}`);
}

function taggedWords(speech: Speech, tags: readonly string[]): string {
  const named = anyOf(
    speech,
    tags.map((tag) => quoted(speech, tag)),
  );
  return said(speech, `с меткой ${named}`, `tagged ${named}`);
}

function fromSegments(speech: RuleSpeech, ids: readonly string[]): string {
  const names = segmentNames(speech, ids);
  return ids.length === 1
    ? said(speech, `из сегмента ${names}`, `in the segment ${names}`)
    : said(speech, `из сегментов ${names}`, `in the segments ${names}`);
}

function segmentNames(speech: RuleSpeech, ids: readonly string[]): string {
  return anyOf(
    speech,
    ids.map((id) => quoted(speech, speech.segmentName?.(id) ?? '…')),
  );
}
