import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

export default defineConfig({
  base: '/admin/',
  define: { __VUE_OPTIONS_API__: 'false' },
  build: { target: 'es2022' },
  plugins: [vue()],
});
