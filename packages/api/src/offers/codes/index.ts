export { CODE_TRACES } from './traces.ts';
export { exportCodesTask } from './export-codes.ts';
export { fillPool, generateCodesTask } from './generate-codes.ts';
export { importCodesTask } from './import-codes.ts';
export { issueCode, type IssueCode, type IssuedCode } from './issue-code.ts';
export { issuePromoCode } from './issue-to-shopper.ts';
export { issueNextCodes, takeBackNextCodes } from './next-codes.ts';
export { createPool } from './save-pool.ts';
export { PromoCodeEventType, PromoCodeType } from './codes.types.ts';
