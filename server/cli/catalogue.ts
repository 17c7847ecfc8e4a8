// `mingjing catalogue FILE…`: checks catalogue documents and enacts them, through the running server or alone (A6, I9).

import { readFileSync } from 'node:fs'
import { readSettings } from '../config.ts'
import { ControlRefusal } from '../control.ts'
import { catalogueFaults } from '../intake/catalogue.ts'
import { act } from '../office.ts'

const readDocument = (file: string): unknown => {
  const text = readFileSync(file, 'utf8')
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new ControlRefusal('bad_json', `${file}: ${error instanceof Error ? error.message : 'not JSON'}`, null)
  }
}

export const runCatalogue = async (files: readonly string[], flags: Record<string, unknown>): Promise<void> => {
  const { data, clock } = readSettings({ data: flags.data, clock: flags.clock })
  for (const file of files) {
    const body = readDocument(file)
    const faults = catalogueFaults(body)
    if (faults.length > 0)
      throw new ControlRefusal('bad_catalogue', `${file}: ${faults.length} 处有误 faults`, { faults })
    if (flags.dryRun === true) {
      process.stdout.write(`${file}: 无误，未载入 no faults, nothing loaded\n`)
      continue
    }
    const { entry } = (await act(data, clock, 'catalogue.load', { body })) as { entry: number }
    process.stdout.write(`${file}: 已载入 loaded, entry ${entry}\n`)
  }
}
