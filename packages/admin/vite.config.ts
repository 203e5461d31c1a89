import { readFileSync } from 'node:fs';
import vue from '@vitejs/plugin-vue';
import vuetify from 'vite-plugin-vuetify';
import { defineConfig } from 'vitest/config';
import { persistedDocuments } from './persisted-documents.ts';
import { possibleTypes } from './possible-types.ts';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as {
  version: string;
};
const api = process.env['CLIENTELE_URL'] ?? 'http://127.0.0.1:4000';

export default defineConfig({
  base: '/admin/',
  define: {
    ADMIN_VERSION: JSON.stringify(version),
    __VUE_OPTIONS_API__: 'false',
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    __VUE_I18N_FULL_INSTALL__: 'false',
    __VUE_I18N_LEGACY_API__: 'false',
    __INTLIFY_PROD_DEVTOOLS__: 'false',
    // Messages become trees, never functions made of text: the server's policy forbids eval.
    __INTLIFY_JIT_COMPILATION__: 'true',
  },
  build: { target: 'es2022', sourcemap: false, manifest: true },
  server: {
    proxy: {
      '/graphql': { target: api, ws: true },
      '/files': { target: api },
      '/uploads': { target: api },
    },
  },
  test: { css: true },
  plugins: [vue(), vuetify(), possibleTypes(), persistedDocuments()],
});
