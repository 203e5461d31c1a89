import { expect, test } from 'vitest';
import { missingOf } from './compare-schemas.ts';

const CONTRACT = `
  interface Refusal { code: String! }
  type Query { order(id: ID!, first: Int = 10): OrderResult! gone: Int later: Later }
  union OrderResult = Order | NotFound
  type Order { state: State! total: String }
  type NotFound implements Refusal { code: String! }
  enum State { OPEN CLOSED }
  input Draft { sku: String! count: Int! = 1 }
  input Ref @oneOf { id: ID sku: String }
  type Mutation { begin(draft: Draft!, ref: Ref): Order }
  type Later { at: String }
`;

function missing(change: (sdl: string) => string, left: string[] = []): string[] {
  return missingOf(CONTRACT, change(CONTRACT), new Set(left));
}

const replacing = (before: string, after: string) => (sdl: string) => sdl.replace(before, after);

/** Nothing of this breaks a client. */
const more = (sdl: string) =>
  sdl
    .replace('order(id: ID!,', 'order(id: ID!, extra: Int,')
    .replace('= Order | NotFound', '= Order | NotFound | Blocked')
    .replace('OPEN CLOSED', 'OPEN CLOSED LOST')
    .replace('input Draft {', 'input Draft { note: String kind: State! = OPEN')
    .concat('type Blocked implements Refusal { code: String! }');

test('the same schema, and one with more of everything, lack nothing', () => {
  expect(missing((sdl) => sdl)).toEqual([]);
  expect(missing(more)).toEqual([]);
});

test('each kind of loss is named by its position', () => {
  expect(missing(replacing('gone: Int', ''))).toEqual(['Query.gone is gone']);
  expect(missing(replacing('first: Int = 10', 'first: Int'))).toEqual([
    'Query.order(first) is nothing by default instead of 10',
  ]);
  expect(missing(replacing('id: ID!,', 'id: ID,'))).toEqual(['Query.order(id) is ID instead of ID!']);
  expect(missing(replacing('id: ID!,', ''))).toEqual(['Query.order(id) is gone']);
  expect(missing(replacing('total: String', 'total: String!'))).toEqual([
    'Order.total is String! instead of String',
  ]);
  expect(missing(replacing('OPEN CLOSED', 'OPEN'))).toEqual(['State.CLOSED is gone']);
  expect(missing(replacing('= Order | NotFound', '= Order'))).toEqual([
    'OrderResult no longer answers NotFound',
  ]);
  expect(missing(replacing('= Order | NotFound', '= Order | NotFound | Later'))).toEqual([
    'OrderResult answers Later, a success nobody knows',
  ]);
  expect(missing(replacing('NotFound implements Refusal', 'NotFound'))).toEqual([
    'NotFound no longer implements Refusal',
  ]);
  expect(missing(replacing('input Ref @oneOf', 'input Ref'))).toEqual([
    'Ref is @oneOf in one of the two only',
  ]);
  expect(missing(replacing('input Draft {', 'input Draft { note: String!'))).toEqual([
    'Draft.note is new and required',
  ]);
  expect(missing(replacing('order(id: ID!,', 'order(id: ID!, extra: Int!,'))).toEqual([
    'Query.order(extra) is new and required',
  ]);
  expect(missing(replacing('enum State { OPEN CLOSED }', 'scalar State'))).toEqual([
    'State is another kind of type',
  ]);
});

const without = (sdl: string) =>
  sdl.replace('later: Later', '').replace('type Later { at: String }', '').replace('gone: Int', '');

test('what belongs to a later release is left out, and only that', () => {
  expect(missing(without, ['Later', 'Query.later'])).toEqual(['Query.gone is gone']);
});
