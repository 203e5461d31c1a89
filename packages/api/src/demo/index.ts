export { seedDemoCompany, type DemoOptions, type DemoProgress } from './seed-demo-company.ts';
