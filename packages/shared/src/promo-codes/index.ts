export { codeKey, isCodeKey, LONGEST_CODE, SHORTEST_CODE } from './code-key.ts';
export {
  capacityOf,
  formatProblems,
  guessOdds,
  isSafeToGuess,
  LARGEST_BATCH,
  LEAST_ODDS,
  mostCodes,
  READABLE_SIGNS,
  type CodeFormat,
  type FormatProblem,
} from './code-format.ts';
