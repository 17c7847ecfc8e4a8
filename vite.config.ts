// One build description for both sides: `vite build` makes the client, `vite build --ssr` the server and its threads.
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { svelteTesting } from '@testing-library/svelte/vite'
import { defineConfig } from 'vitest/config'

const svelteFiles = () => svelte({ configFile: false, compilerOptions: { runes: true } })

const server = {
  ssr: true,
  outDir: 'dist/server',
  emptyOutDir: true,
  target: 'node20',
  minify: false,
  sourcemap: true,
  rolldownOptions: {
    input: {
      main: 'server/main.ts',
      'ledger-thread': 'server/supervision/ledger-thread.ts',
      'reader-thread': 'server/supervision/reader-thread.ts',
      'parse-thread': 'server/supervision/parse-thread.ts',
    },
    // side by side: what a chunk finds beside itself, threads and the built pages, it finds wherever the bundler put it
    output: { chunkFileNames: '[name]-[hash].js' },
  },
}

/**
 * Plain JavaScript in very many files, one of them seven hundred: taken into the bundle, for a command that is asked for a
 * due date spends most of its time on opening them.
 */
const TAKEN_IN = [
  'typebox',
  'hucre',
  'yaml',
  'temporal-polyfill',
  'temporal-utils',
  'commander',
  'csv-parse',
  'csv-stringify',
  'saxes',
]

const client = {
  outDir: '../dist/client',
  emptyOutDir: true,
  target: 'es2022',
  assetsInlineLimit: 0,
  chunkSizeWarningLimit: 800,
  rolldownOptions: {
    checks: { pluginTimings: false },
  },
}

/** Longest first, unless another order is asked for. Not read by a build. */
const sequence =
  process.env.VITEST === undefined || process.argv.some((word) => word.includes('shuffle'))
    ? {}
    : { sequencer: (await import('./test/longest-first.ts')).LongestFirst }

/** Node 25 and later have a store of their own under this name, which would stand before that of the page that is tested. */
const WITHOUT_STORE = process.allowedNodeEnvironmentFlags.has('--experimental-webstorage')
  ? ['--no-experimental-webstorage']
  : []

export default defineConfig(({ isSsrBuild }) => ({
  root: isSsrBuild ? import.meta.dirname : 'client',
  publicDir: false,
  plugins: isSsrBuild ? [] : [svelteFiles()],
  build: isSsrBuild ? server : client,
  ssr: isSsrBuild ? { noExternal: TAKEN_IN } : {},
  server: {
    proxy: { '/api': 'http://127.0.0.1:8080', '/socket.io': { target: 'http://127.0.0.1:8080', ws: true } },
  },
  test: {
    root: import.meta.dirname,
    // one less than the cores by default, which of two leaves one idle
    maxWorkers: 2,
    sequence,
    // not isolated: a worker imports the server once for all its files, which was a third of the whole time; no file may
    // leave anything behind itself in the process
    projects: [
      {
        test: {
          name: 'server',
          environment: 'node',
          root: import.meta.dirname,
          isolate: false,
          include: ['test/**/*.test.ts'],
          globalSetup: ['test/built.ts'],
          exclude: ['test/client/**', 'test/browser/**'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        plugins: [svelteFiles(), svelteTesting()],
        test: {
          name: 'client',
          environment: 'happy-dom',
          execArgv: WITHOUT_STORE,
          root: import.meta.dirname,
          isolate: false,
          include: ['test/client/**/*.test.ts'],
        },
      },
      {
        test: {
          name: 'browser',
          environment: 'node',
          root: import.meta.dirname,
          isolate: false,
          include: ['test/browser/**/*.test.ts'],
          globalSetup: ['test/browser/open.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
}))
