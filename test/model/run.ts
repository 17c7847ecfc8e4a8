// The model against the product over many seeded cases: `node --import tsx test/model/run.ts --cases 20000 [--from 1]`.
// Prints progress, every kind of difference with its smallest case, and how often each clause and each rule fired.

import { parseArgs } from 'node:util'
import { centresOf } from './centre.ts'
import { printAt } from './days.ts'
import { type Difference, differences } from './differ.ts'
import { engineOf, HOUSE } from './engine.ts'
import { LEAST, OF_CASES, tooSeldom, unexpected } from './expected.ts'
import { caseOf, type GeneratedCase } from './generate.ts'
import { keeping } from './kept.ts'
import { shrunk } from './shrink.ts'
import { countInto, type Tally } from './tally.ts'

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '20000' },
    from: { type: 'string', default: '1' },
    show: { type: 'string', default: '12' },
    tree: { type: 'string', default: HOUSE },
  },
})
const cases = Number(values.cases)
const from = Number(values.from)

const kindOf = ({ line, model, product }: Difference): string => {
  const name = line.replace(/:.*$/, '')
  return `${name}: ${model === 'none' ? 'product only' : product === 'none' ? 'model only' : 'differs'}`
}

const print = (text: string): void => {
  process.stdout.write(`${text}\n`)
}

const told = ({ facts }: GeneratedCase): string =>
  facts
    .map(({ source, eventId, type, at, precision, org, window, operator, item, region, supersedes, payload }) =>
      [
        ...[
          `  ${printAt(at)}${precision === 'day' ? ' (day)' : ''} ${type} ${source}/${eventId} ${org}/${window}/${operator}`,
        ],
        ...[
          `${item ?? '—'}${region === null ? '' : ` ${region}`}${supersedes === null ? '' : ` supersedes ${supersedes}`}`,
        ],
        JSON.stringify(payload),
      ].join(' '),
    )
    .join('\n')

const ENGINE = await engineOf(values.tree)
const centres = centresOf(ENGINE)
const totals: Tally = new Map()
const kinds = new Map<string, { n: number; seed: number }>()
let wrong = 0
for (let seed = from; seed < from + cases; seed++) {
  const one = caseOf(seed, centres)
  const tally: Tally = new Map()
  countInto(tally)
  const found = differences(ENGINE, { ...one.centre, ...one })
  for (const clause of tally.keys()) totals.set(clause, (totals.get(clause) ?? 0) + 1)
  if (found.length > 0) wrong++
  for (const kind of new Set(found.map(kindOf))) {
    const known = kinds.get(kind)
    kinds.set(kind, { n: (known?.n ?? 0) + 1, seed: known?.seed ?? seed })
  }
  if ((seed - from + 1) % 2000 === 0) print(`${seed - from + 1} cases, ${wrong} with differences`)
}
for (const [kind, { n, seed }] of [...kinds].sort((a, b) => b[1].n - a[1].n).slice(0, Number(values.show))) {
  const one = shrunk(ENGINE, caseOf(seed, centres), (difference) => kindOf(difference) === kind)
  print(`\n${kind} — ${n} cases, first seed ${seed}, school ${one.centre.world.school.id}`)
  print(told(one))
  const items = one.centre.world.tables.items?.get(one.facts[0]?.item ?? '')
  print(`  items ${JSON.stringify(items)}`)
  print(`  kept as ${JSON.stringify(keeping(kind, one))}`)
  for (const { now, line, model, product } of differences(ENGINE, { ...one.centre, ...one }))
    print(`  at ${printAt(now)} ${line}\n    model   ${model}\n    product ${product}`)
}
print('\nclause or rule, cases in which it fired')
for (const [clause, n] of [...totals].sort(([a], [b]) => (a < b ? -1 : 1))) print(`${String(n).padStart(7)}  ${clause}`)
print(`\n${cases} cases, ${wrong} with differences`)
const least = Math.floor((LEAST * cases) / OF_CASES)
const seldom = tooSeldom(totals, least)
for (const clause of seldom) print(`seldom: ${clause} fired in ${totals.get(clause) ?? 0} cases, fewer than ${least}`)
const unnamed = unexpected(totals)
for (const clause of unnamed) print(`not expected: ${clause} is counted and stands in no list`)
process.exitCode = wrong === 0 && seldom.length === 0 && unnamed.length === 0 ? 0 : 1
