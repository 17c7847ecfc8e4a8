// One way to a real Chromium for every browser test: the system's when there is one, else the one npm brought, which
// needs no installed library and no font. Must be called before anything else imports the npm browser.

import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

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

/** Opens a headless browser; the caller closes it. */
export const openBrowser = async (): Promise<Browser> => {
  const executablePath = SYSTEM.find((path) => existsSync(path)) ?? (await bundled())
  return chromium.launch({ executablePath, args: FLAGS, headless: true })
}
