// Faults planted in the engine, each to be caught by the model: `npm run model:faults [-- --cases 6000 --every 1]`.

import { parseArgs } from 'node:util'
import { engineOf, HOUSE } from './engine.ts'
import { FAULTS } from './faults.ts'
import { caughtBy, withFault } from './plant.ts'

const { values } = parseArgs({
  options: { cases: { type: 'string', default: '6000' }, every: { type: 'string', default: '1' } },
})
const sound = await engineOf(HOUSE)
let caught = 0
const faults = FAULTS.filter((_, i) => i % Number(values.every) === 0)
for (const fault of faults) {
  const seed = await withFault(fault, (engine) => caughtBy(engine, sound, Number(values.cases)))
  if (seed !== null) caught++
  process.stdout.write(`${seed === null ? 'NOT CAUGHT' : `caught by seed ${seed}`.padEnd(22)}  ${fault.name}\n`)
}
process.stdout.write(`${caught} of ${faults.length} faults caught\n`)
process.exitCode = caught === faults.length ? 0 : 1
