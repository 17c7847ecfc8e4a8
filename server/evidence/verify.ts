// Verifying a store (A4): every leaf is made again from the stored columns and text, every link from the leaves, every
// tile from the tree, and each is compared. Reads pages and forgets them: memory does not follow the store.
// Never repairs, never trusts an index. What it cannot see is a whole history rewritten in accord: for that, give it
// a signed checkpoint kept elsewhere.

import { digester, HASH_BYTES, type HashName, hex, NO_HASH, sameBytes } from './digest.ts'
import { leafMaker, type SealedContent } from './entry.ts'
import { type Finding, Findings } from './finding.ts'
import { linkOf } from './seal.ts'
import type { SealedStep } from './step.ts'
import { grow, rootOf, TILE } from './tree.ts'

export interface TrailEntry extends SealedContent {
  readonly seq: number
  readonly projectNo: string | null
  readonly occurredAt: number | null
  readonly voids: string | null
  readonly voidsToo: string | null
}

export interface TrailLink {
  readonly commit: number
  readonly firstSeq: number
  readonly count: number
  readonly hash: string
  readonly prev: Uint8Array
  readonly link: Uint8Array
  readonly leaves: Uint8Array
  readonly rejects: Uint8Array
  readonly at: number
  readonly step: SealedStep
}

export interface TrailPages {
  entries(afterSeq: number, limit: number): Promise<readonly TrailEntry[]>
  links(afterCommit: number, limit: number): Promise<readonly TrailLink[]>
  tile(level: number, index: number): Promise<Uint8Array | null>
  stand(): Promise<{ commit: number; seq: number; link: Uint8Array }>
}

export interface Verdict {
  /** At most 100, in the order of their place; `count` says how many there are. */
  readonly findings: readonly Finding[]
  readonly count: number
  /** Entries in the chain, and the root over them. */
  readonly size: number
  readonly root: Uint8Array
  readonly hash: HashName
}

export interface VerifyOptions {
  /** A checkpoint kept elsewhere: the tree of its size must have its root. */
  readonly against?: { readonly size: number; readonly root: Uint8Array }
  /** Told after each page, for a progress bar. */
  readonly onProgress?: (seq: number) => void
}

const PAGE_ENTRIES = 1_000
const PAGE_LINKS = 64

async function* entriesOf(trail: TrailPages): AsyncGenerator<TrailEntry, void> {
  for (let page = await trail.entries(-1, PAGE_ENTRIES); page.length > 0; ) {
    yield* page
    page = await trail.entries(page.at(-1)?.seq ?? 0, PAGE_ENTRIES)
  }
}

async function* linksOf(trail: TrailPages): AsyncGenerator<TrailLink, void> {
  for (let page = await trail.links(-1, PAGE_LINKS); page.length > 0; ) {
    yield* page
    page = await trail.links(page.at(-1)?.commit ?? 0, PAGE_LINKS)
  }
}

type Wire = Record<string, unknown> & { payload?: { target?: unknown } }

/** The name of a column that does not say what the sealed body says, or null. */
function columnAtOdds(entry: TrailEntry): string | null {
  if (entry.kind !== 'fact') return null
  let body: Wire
  try {
    body = JSON.parse(entry.body) as Wire
  } catch {
    return 'body'
  }
  const target = body.event_type === 'VOID' ? body.payload?.target : undefined
  const named = [body.supersedes, target].filter((id, i, all) => typeof id === 'string' && all.indexOf(id) === i)
  const said: [column: string, kept: unknown, told: unknown][] = [
    ['event_id', entry.eventId, body.event_id],
    ['source', entry.source, body.source_system],
    ['project_no', entry.projectNo, body.project_no ?? null],
    ['occurred_at', entry.occurredAt, body.occurred_at],
    ['voids', entry.voids, named[0] ?? null],
    ['voids_too', entry.voidsToo, named[1] ?? null],
  ]
  return said.find(([, kept, told]) => kept !== told)?.[0] ?? null
}

/** The walk along chain and entries side by side. */
class Walk {
  readonly found = new Findings()
  readonly #trail: TrailPages
  readonly #options: VerifyOptions
  readonly #entries: AsyncGenerator<TrailEntry, void>
  #entry: TrailEntry | null = null
  #hash: HashName = 'sha256'
  #makeLeaf = leafMaker(digester('sha256'))
  #size = 0
  #commit = 0
  #link: Uint8Array = NO_HASH
  #frontier: Uint8Array[] = []

  constructor(trail: TrailPages, options: VerifyOptions) {
    this.#trail = trail
    this.#options = options
    this.#entries = entriesOf(trail)
  }

  async #step(): Promise<void> {
    const next = await this.#entries.next()
    this.#entry = next.done ? null : next.value
  }

  #leafOf(entry: TrailEntry): Buffer {
    const out = Buffer.alloc(HASH_BYTES)
    this.#makeLeaf(entry, out, 0)
    return out
  }

  /** Entries before `seq` that no link covers. */
  async #strays(seq: number): Promise<void> {
    for (; this.#entry !== null && this.#entry.seq < seq; await this.#step())
      this.found.place(this.#entry.seq, null, hex(this.#leafOf(this.#entry)))
  }

  async #compare(seq: number, leaf: Uint8Array): Promise<void> {
    await this.#strays(seq)
    const entry = this.#entry
    if (entry === null || entry.seq !== seq) return this.found.place(seq, hex(leaf), null)
    const made = this.#leafOf(entry)
    const column = sameBytes(made, leaf) ? columnAtOdds(entry) : null
    if (!sameBytes(made, leaf)) this.found.place(seq, hex(leaf), hex(made))
    else if (column !== null) this.found.add({ kind: 'columns', seq, commit: null, detail: column })
    await this.#step()
  }

  /** Puts leaves into the tree and compares the tiles that became whole. */
  async #growBy(leaves: Uint8Array): Promise<void> {
    const { frontier, tiles } = grow(this.#hash, this.#size, this.#frontier, leaves)
    this.#size += leaves.length / HASH_BYTES
    this.#frontier = frontier
    for (const tile of tiles) if (tile.hashes.length === TILE * HASH_BYTES) await this.#tile(tile)
  }

  async #tile(tile: { level: number; index: number; hashes: Uint8Array }): Promise<void> {
    const stored = await this.#trail.tile(tile.level, tile.index)
    if (stored !== null && sameBytes(stored, tile.hashes)) return
    const detail = `${tile.level}/${tile.index}`
    this.found.add({ kind: 'tile', seq: tile.index * TILE ** (tile.level + 1) + 1, commit: null, detail })
  }

  async #tree(leaves: Uint8Array): Promise<void> {
    const { against } = this.#options
    const upTo = against === undefined ? 0 : (against.size - this.#size) * HASH_BYTES
    const inside = upTo > 0 && upTo <= leaves.length
    if (inside) {
      await this.#growBy(leaves.subarray(0, upTo))
      this.#checkRoot()
    }
    const rest = inside ? leaves.subarray(upTo) : leaves
    if (rest.length > 0) await this.#growBy(rest)
  }

  #checkRoot(): void {
    const { against } = this.#options
    if (against !== undefined && !sameBytes(rootOf(this.#hash, this.#frontier), against.root))
      this.found.add({ kind: 'checkpoint', seq: this.#size, commit: null, detail: 'root' })
  }

  async #chain(link: TrailLink): Promise<void> {
    const wrong = (detail: string) => this.found.add({ kind: 'chain', seq: link.firstSeq, commit: link.commit, detail })
    if (link.commit !== this.#commit + 1) wrong('number')
    if (link.firstSeq !== this.#size + 1) wrong('first_seq')
    if (link.hash !== this.#hash) wrong('hash')
    if (!sameBytes(link.prev, this.#link)) wrong('prev')
    if (link.count !== link.leaves.length / HASH_BYTES) wrong('count')
    if (!sameBytes(linkOf(this.#hash, link), link.link)) wrong('link')
    for (let i = 0; i * HASH_BYTES < link.leaves.length; i++)
      await this.#compare(link.firstSeq + i, link.leaves.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES))
    await this.#tree(link.leaves)
    this.#commit = link.commit
    this.#link = link.link
  }

  async #end(): Promise<void> {
    await this.#strays(Number.POSITIVE_INFINITY)
    for (const [level, open] of this.#frontier.entries())
      if (level > 0 && open.length > 0)
        await this.#tile({ level, index: Math.floor(this.#size / TILE ** (level + 1)), hashes: open })
    const { commit, seq, link } = await this.#trail.stand()
    if (commit !== this.#commit || seq !== this.#size || !sameBytes(link, this.#link))
      this.found.add({ kind: 'head', seq, commit, detail: `${this.#commit}/${this.#size}` })
    if ((this.#options.against?.size ?? 0) > this.#size)
      this.found.add({ kind: 'checkpoint', seq: this.#size, commit: null, detail: 'size' })
  }

  async run(): Promise<Verdict> {
    await this.#step()
    let first = true
    for await (const link of linksOf(this.#trail)) {
      if (first && link.hash === 'sm3') {
        this.#hash = 'sm3'
        this.#makeLeaf = leafMaker(digester('sm3'))
      }
      first = false
      await this.#chain(link)
      this.#options.onProgress?.(this.#size)
    }
    await this.#end()
    const { findings, count } = this.found.close()
    return { findings, count, size: this.#size, root: rootOf(this.#hash, this.#frontier), hash: this.#hash }
  }
}

export const verifyStore = (trail: TrailPages, options: VerifyOptions = {}): Promise<Verdict> =>
  new Walk(trail, options).run()
