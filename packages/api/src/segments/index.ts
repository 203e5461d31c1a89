export * from './language/index.ts';
export { gender } from './leaves/gender.ts';
export { PROFILE } from './leaves/profile-source.ts';
export * from './models/index.ts';
