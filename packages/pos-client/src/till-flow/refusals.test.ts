import { readFileSync } from 'node:fs';
import { buildSchema, isObjectType, isUnionType, parse, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import { expect, test } from 'vitest';
import * as documents from '../api/documents/index.ts';
import { en } from '../i18n/en.ts';
import { ru } from '../i18n/ru.ts';
import type { Facts } from '../i18n/ru-notices.ts';
import { failures, refusalNotice, refusals } from './refusals.ts';

const schema = buildSchema(readFileSync(new URL('../../../api/schema.graphql', import.meta.url), 'utf8'));

/** Every refusal a document of the till can be answered with. */
function reachableRefusals(): string[] {
  const names = new Set<string>();
  for (const text of Object.values(documents) as unknown as string[]) {
    const info = new TypeInfo(schema);
    visit(
      parse(text),
      visitWithTypeInfo(info, {
        Field: () => {
          const type = info.getType();
          const named = type && 'ofType' in type ? type.ofType : type;
          if (!isUnionType(named)) return;
          for (const member of named.getTypes()) {
            if (isObjectType(member) && member.getInterfaces().some((one) => one.name === 'Refusal')) {
              names.add(member.name);
            }
          }
        },
      }),
    );
  }
  return [...names].toSorted();
}

const tools = { time: (instant: string) => instant.slice(11, 16), currency: 'RUB' };

test('every refusal of the operations used has its own words in both languages and a next key', () => {
  const reachable = reachableRefusals();
  expect(reachable.length).toBeGreaterThan(15);
  for (const name of reachable) {
    expect(Object.keys(refusals), name).toContain(name);
    for (const words of [ru, en]) expect(words.notices[name]?.({}, tools).length, name).toBeGreaterThan(10);
  }
});

test('every failure has words in both languages, its own for orders and shoppers', () => {
  for (const name of Object.keys(failures)) {
    for (const words of [ru, en]) expect(words.notices[name]?.({}, tools).length, name).toBeGreaterThan(10);
  }
  expect(ru.notices['OFFLINE']?.({ during: 'commit' }, tools)).toContain('не задвоится');
  expect(ru.notices['OFFLINE']?.({ during: 'identify' }, tools)).toContain('без карты');
});

test('both languages know the same notices, limits, codes, changes, channels and fields', () => {
  for (const part of ['notices', 'limits', 'codes', 'changes', 'channels', 'fields'] as const) {
    expect(Object.keys(en[part]).toSorted(), part).toEqual(Object.keys(ru[part]).toSorted());
  }
});

test.each(['PointsLimitCode', 'RefusedCodeReason', 'QuoteChangeCode', 'CodeChannel'])(
  'every value of %s has words',
  (name) => {
    const part = {
      PointsLimitCode: 'limits',
      RefusedCodeReason: 'codes',
      QuoteChangeCode: 'changes',
      CodeChannel: 'channels',
    }[name] as 'limits' | 'codes' | 'changes' | 'channels';
    const type = schema.getType(name);
    const values = type && 'getValues' in type ? type.getValues().map((value) => value.name) : [];
    expect(values.length).toBeGreaterThan(2);
    for (const value of values) expect(Object.keys(ru[part]), value).toContain(value);
  },
);

test('a refusal of a later server keeps its name', () => {
  expect(refusalNotice({ __typename: 'StoreClosed' })).toEqual({
    code: 'UnknownRefusal',
    tone: 'bad',
    enter: 'dismiss',
    facts: { refusal: 'StoreClosed' },
  });
});

function say(code: string, facts: Facts): string | undefined {
  return ru.notices[code]?.(facts, tools);
}

test('facts become words', () => {
  expect(say('WrongPin', { attemptsLeft: 1 })).toBe('PIN не подошёл. Осталась 1 попытка.');
  expect(say('WrongPin', { attemptsLeft: 0, lockedUntil: '2026-11-22T10:45:00Z' })).toContain('10:45');
  expect(say('WrongCode', { attemptsLeft: 3 })).toBe('Код не подошёл. Осталось 3 попытки.');
  expect(say('QuoteChanged', { toPay: '2000.00', reasons: ['PROMOTION'] })).toBe(
    'Сумма изменилась (закончилась акция). Теперь 2\u00a0000,00\u00a0₽. Enter — принять, Esc — вернуться к чеку.',
  );
  expect(say('InvalidInput', { fields: ['phone', 'phone'] })).toBe(
    'Сервер не принял: телефон. Исправьте и повторите.',
  );
  expect(say('INTERNAL', { errorId: 'E-7' })).toContain('E-7');
});
