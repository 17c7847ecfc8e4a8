// The server as it is shipped, built into a folder of its own for one test file: what people run is what is tested, and
// it starts in half the time. Never touches dist.

import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { ROOT } from './process.ts'

export interface Bundle {
  /** Its main.js. */
  readonly entry: string
  remove(): void
}

/** Beside the packages it imports, so that they are found from it. */
export const buildServer = async (): Promise<Bundle> => {
  const outDir = mkdtempSync(join(ROOT, 'node_modules', '.mingjing-test-'))
  await build({ configFile: join(ROOT, 'vite.config.ts'), logLevel: 'silent', build: { ssr: true, outDir } })
  return { entry: join(outDir, 'main.js'), remove: () => rmSync(outDir, { recursive: true, force: true }) }
}
