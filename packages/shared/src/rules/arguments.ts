/**
 * What a rule is asked for in a form, in JSON and in its check: one definition for all three. The value of each type:
 * money → AmountByCurrency, points and count → whole numbers, rate and factor → basis points (15 000 = ×1.5),
 * goods → GoodsSelection, choice → one of `options`, text → a string, flag → boolean.
 */
export type Argument =
  | { readonly type: 'money'; readonly least: 0 | 1 }
  | { readonly type: 'points' | 'count'; readonly least: number; readonly most: number }
  | { readonly type: 'rate' | 'factor'; readonly least: number; readonly most: number }
  | { readonly type: 'goods' }
  | { readonly type: 'choice'; readonly options: readonly string[] }
  | { readonly type: 'text'; readonly longest: number }
  | { readonly type: 'flag' };

/** The arguments of one kind of rule by name; `optional` ones may be absent. */
export type Arguments = Readonly<Record<string, Argument & { readonly optional?: boolean }>>;
