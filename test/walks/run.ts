// Many walks: `npm run walks -- [how many] [first seed] [steps]`. Prints how often each step, each kind of commit and each
// decision came about, names each seed that found something, with its steps, and ends with 1 where one did, or where
// something that should never came about.

import { EXPECTED } from './steps.ts'
import { walk } from './walk.ts'

const [walks = 2_000, first = 1, steps = 25] = process.argv.slice(2).map(Number)
if (![walks, first, steps].every((n) => Number.isSafeInteger(n) && n > 0)) {
  process.stderr.write('how many walks, the first seed, and the steps of each: whole numbers above nought\n')
  process.exit(2)
}

const counts = new Map<string, number>(EXPECTED.map((what) => [what, 0]))
const told = (line: string): void => void process.stdout.write(`${line}\n`)

let bad = 0
for (let seed = first; seed < first + walks; seed++) {
  const { findings, steps: done, counts: found } = await walk(seed, steps)
  for (const [what, n] of found) counts.set(what, (counts.get(what) ?? 0) + n)
  if (findings.length === 0) continue
  bad += 1
  told(`seed ${seed}, after step ${done.length}:\n  ${findings.slice(0, 5).join('\n  ')}`)
  for (const each of done) told(`    ${each}`)
}
for (const [what, n] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1))) told(`${String(n).padStart(8)}  ${what}`)
const never = EXPECTED.filter((what) => counts.get(what) === 0)
for (const what of never) told(`never came about: ${what}`)
told(
  `${walks} walks of ${steps} steps from seed ${first}: ${bad} found something, ${never.length} kinds never came about`,
)
process.exitCode = bad > 0 || never.length > 0 ? 1 : 0
