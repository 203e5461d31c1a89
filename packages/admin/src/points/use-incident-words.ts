import { useI18n } from 'vue-i18n';
import { useFormat } from '../app/use-format.ts';
import { personName } from '../customers/person-name.ts';
import { decimalOf, incidentFacts, type IncidentFacts } from './incident-words.ts';
import type { Incident } from './operations/incidents.ts';

/** An incident in words: what happened, why, what to do. */
export function useIncidentWords() {
  const { t } = useI18n();
  const { number, money, instant } = useFormat();

  function namesOf(facts: IncidentFacts, zone: string | undefined): Record<string, string> {
    switch (facts.kind) {
      case 'LATE_COMMIT_OVERDRAFT':
        return {
          points: number(facts.points),
          covered: number(facts.covered),
          overdrawn: number(facts.overdrawn),
        };
      case 'DEBT':
        return { clawed: number(facts.clawed), debt: number(facts.debt) };
      case 'RECEIPT_TOTAL_MISMATCH':
        return {
          total: money(decimalOf(facts.total), facts.currency),
          toPay: money(decimalOf(facts.toPay), facts.currency),
        };
      case 'CLOCK_SKEW':
        return {
          told: facts.told === '' ? '—' : instant(facts.told, zone),
          server: facts.server === '' ? '—' : instant(facts.server, zone),
          minutes: number(facts.minutes),
        };
      case 'RULE_FAILED':
        return { title: facts.title ?? t('points.incidents.someRule') };
      case 'LIMIT_EXCEEDED':
        return {
          titles: facts.titles.map((title) => `«${title}»`).join(', ') || t('points.incidents.someRule'),
        };
      case 'CODE_USED_TWICE':
        return { codes: facts.codes.join(', ') || '—' };
      case 'LEDGER_MISMATCH':
        return { invariant: facts.invariant ?? '—' };
    }
  }
  return {
    kindOf: (kind: Incident['kind']) => t(`points.incidents.kinds.${kind}`),
    /** One sentence with its numbers. */
    sentenceOf: ({ kind, facts, store }: Incident) =>
      t(`points.incidents.sentences.${kind}`, namesOf(incidentFacts(kind, facts), store?.timeZone)),
    whyOf: (kind: Incident['kind']) => t(`points.incidents.why.${kind}`),
    stepOf: (kind: Incident['kind']) => t(`points.incidents.step.${kind}`),
    whoOf: ({ profile }: Incident): string =>
      profile === null || profile.kind !== 'PERSON'
        ? t('points.incidents.nobody')
        : (personName(profile) ?? t('points.unnamed')),
  };
}
