export * from './language/index.ts';
export { gender } from './leaves/gender.ts';
