export { byZone } from './by-zone.ts';
export {
  canonical,
  earliest,
  feature,
  type Feature,
  type FeatureSql,
  type FeatureValue,
  type Observed,
  type RowColumn,
  type Source,
} from './feature.ts';
export { allOf, anyOf, FALSE, NULL, TRUE, type Fragment } from './fragment.ts';
export {
  isTrue,
  leavesOfCompany,
  numberWithin,
  registerLeaves,
  type LeafKind,
  type LeafTable,
  type Missing,
  type Question,
} from './leaf-kind.ts';
export { calendarBounds, daysBefore, plusDays, sinceOf, withinMoments, withinMomentsSql } from './moments.ts';
export { persons } from './persons.ts';
export { readInBulk } from './read-in-bulk.ts';
export { companyZone, readSurroundings } from './read-surroundings.ts';
export { rowColumn, withinRows } from './row-column.ts';
export { EVERYBODY, inScope, type Scope } from './scope.ts';
export { matchingStatement, membershipStatement, type NumberedCondition } from './statement.ts';
export { zonesOf, type StoreFacts, type Surroundings } from './surroundings.ts';
export { explainCondition, judge, readRows, type ShopperRows, type Verdict } from './verdicts.ts';
