// One real Chromium for all browser tests, started before the first of them: the system's when there is one, else the one
// npm brought, which needs no installed library and no font. What a page keeps is its own; nothing is handed on.

import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the Chromium of the run is spoken to. */
    chromium: string
  }
}

const SYSTEM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** As root on a closed network, without a graphics card. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
]

const bundled = async (): Promise<string> => {
  // Outside a cloud function the package unpacks its own shared libraries only if it believes it is in one.
  process.env.AWS_LAMBDA_JS_RUNTIME ??= 'nodejs20.x'
  const { default: packed } = await import('@sparticuz/chromium')
  return packed.executablePath()
}

/** Starts the headless Chromium of a run, and ends it after the last file. */
export default async (project: TestProject): Promise<() => Promise<void>> => {
  const executablePath = SYSTEM.find((path) => existsSync(path)) ?? (await bundled())
  const server = await chromium.launchServer({ executablePath, args: FLAGS, headless: true })
  project.provide('chromium', server.wsEndpoint())
  return () => server.close()
}
