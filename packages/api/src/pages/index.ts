export { DemoCredentials, demoFile, readDemoCredentials } from './demo-credentials.ts';
export { loadPersistedDocuments } from './persisted-documents.ts';
export { servePages, type PagesOptions } from './serve-pages.ts';
