// Before the tests: the server as it is shipped, built once into a folder of its own, for every suite that starts a
// process. What people run is what is tested, and it starts in less than half the time. Never touches dist.

import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { BUILT, ROOT } from './torture/process.ts'

export default async (): Promise<() => void> => {
  // beside the packages it imports, so that they are found from it
  const outDir = mkdtempSync(join(ROOT, 'node_modules', '.mingjing-test-'))
  await build({ configFile: join(ROOT, 'vite.config.ts'), logLevel: 'silent', build: { ssr: true, outDir } })
  process.env[BUILT] = join(outDir, 'main.js')
  return () => rmSync(outDir, { recursive: true, force: true })
}
