// Many walks: `npx tsx test/walks/run.ts [how many] [steps] [first seed]`. Names each seed that found something, with its steps.

import { walk } from './walk.ts'

const [walks = 2_000, steps = 25, first = 1] = process.argv.slice(2).map(Number)

let bad = 0
for (let seed = first; seed < first + walks; seed++) {
  const { findings, steps: done } = await walk(seed, steps)
  if (findings.length === 0) continue
  bad += 1
  process.stdout.write(`seed ${seed}, after step ${done.length}:\n  ${findings.slice(0, 5).join('\n  ')}\n`)
  for (const each of done) process.stdout.write(`    ${each}\n`)
}
process.stdout.write(`${walks} walks of ${steps} steps from seed ${first}: ${bad} found something\n`)
process.exitCode = bad > 0 ? 1 : 0
