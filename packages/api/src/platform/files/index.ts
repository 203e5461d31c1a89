export { filesJobs, forgetFile, forgetFilesAbout, forgetListFiles } from './forget-files.ts';
export { keepFile, keepUpload, MOST_UPLOAD_BYTES, type KeptFile, type NewFile } from './keep-file.ts';
export { findFile, type FoundFile } from './read-file.ts';
export { serveFiles } from './serve-files.ts';
