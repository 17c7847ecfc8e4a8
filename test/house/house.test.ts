// The house holds: floors, purity of core, SQL and environment in their rooms, no circle, no dead file, small files,
// and the list of rules equal to what the tests name. Each check is shown to catch a planted fault.
import { describe, expect, it } from 'vitest'
import { PROBLEMS } from '../../server/contract/problems.ts'
import { EVENT_TYPES as WIRE_TYPES } from '../../server/contract/vocabulary.ts'
import { EVENT_TYPES } from '../../server/core/case/event.ts'
import { circlesOf, filesIn, type Import, importsOf, reachedFrom, roomOf, splitText, textOf } from './tree.ts'

const SERVER = filesIn('server', ['.ts'])
const CLIENT = filesIn('client', ['.ts', '.svelte'])
const TESTS = filesIn('test', ['.ts'])
const FIXTURES = filesIn('fixtures', ['.ts'])

/** Rooms of the server by floor; a file at the top of `server/` is a room of its own. */
const FLOORS: readonly (readonly string[])[] = [
  ['core', 'contract'],
  ['store', 'evidence', 'access', 'intake', 'present', 'export'],
  ['supervision'],
  ['office'],
  ['http', 'live', 'channels'],
  ['main.ts', 'serve.ts', 'office.ts', 'control.ts', 'config.ts', 'quarantine.ts', 'cli', 'demo', 'bench'],
]
const FRONT_DOORS = 5

const floorOf = (room: string): number => FLOORS.findIndex((rooms) => rooms.includes(room))

const wrongFloor = ({ from, to }: Pick<Import, 'from' | 'to'>): string | null => {
  const mine = roomOf(from)
  if (mine === null || to === null) return null
  if (to.startsWith('client/') || to.startsWith('test/')) return `${from} imports ${to}`
  if (to.startsWith('fixtures/')) return floorOf(mine) === FRONT_DOORS ? null : `${from} imports ${to}`
  const theirs = roomOf(to)
  if (theirs === null || theirs === mine) return null
  const higher = floorOf(theirs) > floorOf(mine)
  const beside = floorOf(theirs) === floorOf(mine) && floorOf(mine) < FRONT_DOORS
  return higher || beside ? `${from} imports ${to}` : null
}

const faults = <T>(rows: readonly T[], fault: (row: T) => string | null): string[] =>
  rows.flatMap((row) => fault(row) ?? [])

describe('floors', () => {
  it('every room of the server stands on a floor', () => {
    expect([...new Set(SERVER.map((path) => roomOf(path) ?? ''))].filter((room) => floorOf(room) < 0)).toEqual([])
  })

  it('a file imports from its own room and from floors below; rooms of one floor do not import each other', () => {
    expect(faults(SERVER.flatMap(importsOf), wrongFloor)).toEqual([])
  })

  it('catches an import from above, from beside, of a test and of the client', () => {
    const planted = [
      ['server/core/plan.ts', 'server/contract/api.ts'],
      ['server/core/plan.ts', 'server/store/port.ts'],
      ['server/store/port.ts', 'server/evidence/seal.ts'],
      ['server/supervision/line.ts', 'server/http/app.ts'],
      ['server/supervision/line.ts', 'server/office/cases.ts'],
      ['server/office/cases.ts', 'server/http/app.ts'],
      ['server/http/app.ts', 'server/live/board.ts'],
      ['server/http/app.ts', 'fixtures/city/day.ts'],
      ['server/cli/due.ts', 'test/house/tree.ts'],
    ] as const
    for (const [from, to] of planted) expect(wrongFloor({ from, to })).not.toBeNull()
    expect(wrongFloor({ from: 'server/http/app.ts', to: 'server/core/plan.ts' })).toBeNull()
  })

  it('core imports core alone and one package, the contract nothing at all', () => {
    const outside = (room: string) =>
      SERVER.filter((path) => path.startsWith(`server/${room}/`))
        .flatMap(importsOf)
        .filter(({ to }) => to === null)
        .map(({ from, name }) => `${from} ${name}`)
    expect(outside('core')).toEqual(['server/core/time/zone.ts temporal-polyfill'])
    expect(outside('contract')).toEqual([])
  })

  const wrongClient = ({ from, to, typesOnly }: Pick<Import, 'from' | 'to' | 'typesOnly'>): string | null => {
    if (to === null || to.startsWith('client/')) return null
    if (to === 'server/contract/vocabulary.ts') return null
    return typesOnly && to.startsWith('server/contract/') ? null : `${from} imports ${to}`
  }

  it('the client imports types of the contract, and values of its vocabulary alone', () => {
    expect(faults(CLIENT.flatMap(importsOf), wrongClient)).toEqual([])
    const planted = { from: 'client/App.svelte', to: 'server/contract/problems.ts' }
    expect(wrongClient({ ...planted, typesOnly: false })).not.toBeNull()
    expect(wrongClient({ ...planted, to: 'server/core/plan.ts', typesOnly: true })).not.toBeNull()
  })
})

describe('purity', () => {
  const IMPURE =
    /\bDate\b|\bMath\.random\b|\bset(?:Timeout|Interval|Immediate)\b|\bprocess\b|\bfetch\(|\bperformance\b|\bglobalThis\b/

  /** `Date.UTC` reads no clock. */
  const impure = (text: string): string | null =>
    IMPURE.exec(splitText(text).code.replaceAll('Date.UTC(', ''))?.[0] ?? null

  it('core reads no clock, draws no lots, sets no timer, knows no process', () => {
    const core = SERVER.filter((path) => path.startsWith('server/core/'))
    expect(core.length).toBeGreaterThan(30)
    expect(faults(core, (path) => (impure(textOf(path)) === null ? null : `${path}: ${impure(textOf(path))}`))).toEqual(
      [],
    )
    const node = core.flatMap(importsOf).filter(({ name }) => name.startsWith('node:'))
    expect(node).toEqual([])
  })

  it.each(['Date.now()', 'new Date(1)', 'Math.random()', 'setTimeout(f)', 'process.env.X', 'performance.now()'])(
    'catches %s in code, not in prose',
    (code) => {
      expect(impure(`const x = ${code}`)).not.toBeNull()
      expect(impure(`// never ${code}\nconst x = 1 /* ${code} */`)).toBeNull()
    },
  )

  const SQL =
    /\b(?:SELECT\s[\s\S]+\sFROM\s|INSERT\s+(?:OR\s+\w+\s+)?INTO\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s|(?:CREATE|DROP|ALTER)\s+(?:UNIQUE\s+)?(?:TABLE|INDEX|TRIGGER|VIEW)\b|PRAGMA\s)/
  const holdsSql = (text: string): boolean => splitText(text).strings.some((each) => SQL.test(each))

  it('SQL stands in the store alone, but for the fixed baseline of the bench', () => {
    const elsewhere = [...SERVER, ...CLIENT].filter(
      (path) => !path.startsWith('server/store/') && holdsSql(textOf(path)),
    )
    expect(elsewhere).toEqual(['server/bench/ingest/baseline.ts'])
    expect(SERVER.filter((path) => path.startsWith('server/store/') && holdsSql(textOf(path))).length).toBeGreaterThan(
      5,
    )
    expect(holdsSql('db.prepare(`SELECT a\n FROM b`)')).toBe(true)
    expect(holdsSql("say('Select a window from the list; update it')")).toBe(false)
  })

  it('the environment is read in config.ts alone', () => {
    const readers = [...SERVER, ...CLIENT].filter((path) => /\bprocess\.env\b/.test(splitText(textOf(path)).code))
    expect(readers).toEqual(['server/config.ts'])
  })
})

describe('the tree', () => {
  it('has no circle of imports, types included', () => {
    expect(circlesOf([...SERVER, ...CLIENT, ...FIXTURES], () => true)).toEqual([])
  })

  it('has no dead file: each is reached from a front door, a thread, the page or a test', () => {
    const entries = [
      'server/main.ts',
      'server/mingjing.mjs',
      'server/supervision/ledger-thread.ts',
      'server/supervision/reader-thread.ts',
      'server/supervision/parse-thread.ts',
      'server/supervision/source-thread.mjs',
      'client/main.ts',
    ]
    const living = reachedFrom(entries)
    const reached = reachedFrom([...entries, ...TESTS])
    const all = [
      ...SERVER,
      ...CLIENT,
      ...FIXTURES,
      ...filesIn('client', ['.css']),
      ...filesIn('server/core', ['.json']),
    ]
    const dead = all.filter((path) => !reached.has(path) && !path.endsWith('tsconfig.json'))
    expect(dead).toEqual([])
    // what only tests reach must be said here by name
    const forTests = SERVER.filter((path) => !living.has(path))
    expect(forTests.filter((path) => !FOR_TESTS.has(path.split('/').slice(0, 3).join('/')))).toEqual([])
  })

  it('has small components: none of 200 lines, but for four that are to be parted still [B5]', () => {
    const STILL = ['explain/Strip', 'imports/ImportsPage', 'master/Year', 'wall/Tile'].map(
      (name) => `client/${name}.svelte`,
    )
    const lines = (path: string): number => textOf(path).split('\n').length - 1
    const long = CLIENT.filter((path) => path.endsWith('.svelte') && lines(path) >= 200)
    expect(long.sort()).toEqual(STILL)
  })

  it('has small files: none over 300 lines', () => {
    const MOST = 300
    const lines = (path: string): number => textOf(path).split('\n').length - 1
    const long = [...SERVER, ...CLIENT, ...FIXTURES, ...TESTS].filter((path) => lines(path) > MOST)
    expect(long.map((path) => `${path} ${lines(path)}`)).toEqual([])
  })

  it('says at the head of every file of the server what it does', () => {
    expect(SERVER.filter((path) => !textOf(path).startsWith('//'))).toEqual([])
  })
})

/** The memory twin of the store, and proofs that nothing serves yet. */
const FOR_TESTS: ReadonlySet<string> = new Set([
  'server/store/memory',
  'server/evidence/proof.ts',
  'server/evidence/checkpoint.ts',
])

const ID = '[A-Z]{1,2}-?\\d{1,2}[ap]?'
/** `F2 M7: …`, `L8, A1: …` at the beginning of a title. */
const TITLE = new RegExp(`['"\`](${ID}(?:(?:,? | and |, )${ID})*): `, 'g')
const idsIn = (text: string): string[] => text.match(new RegExp(`\\b${ID}\\b`, 'g')) ?? []

describe('rules', () => {
  const listed = [...textOf('server/core/RULES.md').matchAll(new RegExp(`^- \\*\\*(${ID})\\*\\* `, 'gm'))].map(
    ([, id]) => id ?? '',
  )
  const others = TESTS.filter((path) => !path.startsWith('test/house/'))

  it('the list names each rule once', () => {
    expect(listed.length).toBeGreaterThan(60)
    expect(listed.filter((id, i) => listed.indexOf(id) !== i)).toEqual([])
  })

  it('every rule of the list is named by a test', () => {
    const named = new Set(others.flatMap((path) => idsIn(textOf(path))))
    expect(listed.filter((id) => !named.has(id))).toEqual([])
  })

  it('every rule that the title of a test names is in the list', () => {
    const known = new Set(listed)
    const titled = others.flatMap((path) =>
      [...textOf(path).matchAll(TITLE)].flatMap(([, ids]) => idsIn(ids ?? '').map((id) => ({ path, id }))),
    )
    expect(titled.length).toBeGreaterThan(300)
    expect(titled.filter(({ id }) => !known.has(id)).map(({ path, id }) => `${path} ${id}`)).toEqual([])
  })

  it('every rule that ships as data is in the list', () => {
    const { rules } = JSON.parse(textOf('server/core/law/data/rules.json')) as { rules: { rule_id: string }[] }
    expect(rules.map(({ rule_id }) => rule_id).filter((id) => !listed.includes(id))).toEqual([])
  })
})

describe('one vocabulary', () => {
  it('core and contract know the same event types, in the order of their phase', () => {
    expect(WIRE_TYPES).toEqual(EVENT_TYPES)
  })

  it('every problem code is used in the server, and every code a refusal bears is in the table', () => {
    const rooms = SERVER.filter((path) => path !== 'server/contract/problems.ts')
    const said = new Set(rooms.flatMap((path) => splitText(textOf(path)).strings))
    expect(Object.keys(PROBLEMS).filter((code) => !said.has(code))).toEqual([])
    const thrown = /new (?:Refusal|Unfit)\(\s*'([a-z_]+)'|sendProblem\(\s*\w+,\s*'([a-z_]+)'|rejection\(\s*'([a-z_]+)'/g
    const used = rooms.flatMap((path) => [...textOf(path).matchAll(thrown)].map(([, a, b, c]) => a ?? b ?? c ?? ''))
    expect(used.length).toBeGreaterThan(20)
    expect(used.filter((code) => !(code in PROBLEMS))).toEqual([])
  })
})
