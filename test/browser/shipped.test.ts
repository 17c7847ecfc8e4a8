// The command as it is shipped: `server/mingjing.mjs` over the built bundle. It serves the pages that were built with it.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { startServer } from '../torture/process.ts'

it('SPEC 11: serves the pages that lie beside it, not word that there are none', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mingjing-shipped-'))
  const served = await startServer({ folder, clock: '2026-09-30T10:00:00+08:00', entry: 'server/mingjing.mjs' }).ready
  try {
    for (const path of ['/wall', '/cases', '/due']) {
      const answer = await fetch(`${served.url}${path}`)
      expect([path, answer.status]).toEqual([path, 200])
      expect(await answer.text()).toContain('<script type="module"')
    }
  } finally {
    await served.stop()
    rmSync(folder, { recursive: true, force: true })
  }
})
