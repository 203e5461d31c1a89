export { homeFigures, type HomeFigures } from './home-figures.ts';
export { launchChecks, type LaunchCheck } from './launch-checks.ts';
