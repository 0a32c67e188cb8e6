import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { NONCE_PLACE } from './src/http/console.ts'

/** Where `npm run dev` serves the APIs that the page asks. */
const SERVER = 'http://127.0.0.1:3000'

export default defineConfig({
  root: 'src/console',
  base: '/console/',
  plugins: [react()],
  html: { cspNonce: NONCE_PLACE },
  build: {
    outDir: '../../dist/console',
    emptyOutDir: true,
    assetsInlineLimit: 0, // the page's policy allows no data: URLs
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
  server: { proxy: { '/api': SERVER, '/v1': SERVER, '/v2': SERVER, '/flows': SERVER } },
})
