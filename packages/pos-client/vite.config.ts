import { readFileSync } from 'node:fs';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';
import { VitePWA } from 'vite-plugin-pwa';
import { persistedDocuments } from './persisted-documents.ts';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as {
  version: string;
};

export default defineConfig({
  base: '/pos/',
  define: { TILL_VERSION: JSON.stringify(version), __VUE_OPTIONS_API__: 'false' },
  build: { target: 'es2022', sourcemap: false, cssCodeSplit: false },
  server: {
    proxy: { '/graphql': { target: process.env['CLIENTELE_URL'] ?? 'http://127.0.0.1:4000', ws: true } },
  },
  test: { setupFiles: ['fake-indexeddb/auto'] },
  plugins: [
    vue(),
    persistedDocuments(),
    VitePWA({
      registerType: 'prompt',
      injectRegister: false,
      includeAssets: ['icon.svg'],
      workbox: {
        globPatterns: ['**/*.{js,css,html,svg,png,webmanifest}'],
        navigateFallback: '/pos/index.html',
        navigateFallbackAllowlist: [/^\/pos\//],
        cleanupOutdatedCaches: true,
      },
      manifest: {
        name: 'Clientele: касса',
        short_name: 'Касса',
        lang: 'ru',
        start_url: '/pos/',
        scope: '/pos/',
        display: 'standalone',
        background_color: '#f5f3ee',
        theme_color: '#0f5e5a',
        icons: [
          { src: 'icon.svg', sizes: 'any', type: 'image/svg+xml' },
          { src: 'icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: 'icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any maskable' },
        ],
      },
    }),
  ],
});
