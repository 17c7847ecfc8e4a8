// Verifying a store (A4): every leaf is made again from the stored columns and text, every link from the leaves, every
// tile from the tree, and each is compared. Reads pages and forgets them: memory does not follow the store.
// Never repairs, never trusts an index. What it cannot see is a whole history rewritten in accord: for that, give it
// a signed checkpoint kept elsewhere.

import { columnAtOdds, type EntryColumns } from './columns.ts'
import { digester, HASH_BYTES, type HashName, hex, NO_HASH, sameBytes } from './digest.ts'
import { type LeafMaker, leafMaker } from './entry.ts'
import { type Finding, Findings } from './finding.ts'
import { linkOf } from './seal.ts'
import type { SealedStep } from './step.ts'
import { grow, rootOf, TILE } from './tree.ts'

export interface TrailEntry extends EntryColumns {
  readonly seq: number
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
  stand(): Promise<{ commit: number; seq: number; link: Uint8Array; at: number | null; tiles: number }>
}

export interface Verdict {
  /** At most 100, in the order of their place; `count` says how many there are. */
  readonly findings: readonly Finding[]
  readonly count: number
  /** Entries in the chain, and the root over them. */
  readonly size: number
  readonly root: Uint8Array
  readonly hash: HashName
  /** The last commit and its link. */
  readonly chain: { readonly commit: number; readonly link: Uint8Array }
}

export interface VerifyOptions {
  /** A checkpoint kept elsewhere: the tree of its size must have its root, the commit it names its link. */
  readonly against?: {
    readonly size: number
    readonly root: Uint8Array
    readonly chain?: { readonly commit: number; readonly link: Uint8Array } | null
  }
  /** Told after each page, for a progress bar. */
  readonly onProgress?: (seq: number) => void
}

/** How a format of the ledger is sealed. */
export interface Format {
  leaves(name: HashName): LeafMaker
  linkOf(name: HashName, link: TrailLink): Uint8Array
  columnAtOdds(entry: TrailEntry): string | null
  /** The stand may be later than the last link: a commit without entries has none. */
  readonly standsLater: boolean
}

/** Formats 2 and 3. */
const PRESENT: Format = {
  leaves: (name) => leafMaker(digester(name)),
  linkOf,
  columnAtOdds,
  standsLater: false,
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

/** The walk along chain and entries side by side. */
class Walk {
  readonly found = new Findings()
  readonly #trail: TrailPages
  readonly #options: VerifyOptions
  readonly #entries: AsyncGenerator<TrailEntry, void>
  readonly #format: Format
  #entry: TrailEntry | null = null
  #hash: HashName = 'sha256'
  #makeLeaf: LeafMaker
  #size = 0
  #commit = 0
  #at: number | null = null
  /** Tiles that the tree has. */
  #tiles = 0
  /** Entries whose personal part was taken away, and those that a step says were erased. */
  readonly #bare = new Map<number, number>()
  readonly #erased = new Set<number>()
  #link: Uint8Array = NO_HASH
  #frontier: Uint8Array[] = []

  constructor(trail: TrailPages, options: VerifyOptions, format: Format) {
    this.#trail = trail
    this.#options = options
    this.#format = format
    this.#makeLeaf = format.leaves('sha256')
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

  async #compare(seq: number, leaf: Uint8Array, { at, commit }: TrailLink): Promise<void> {
    await this.#strays(seq)
    const entry = this.#entry
    if (entry === null || entry.seq !== seq) return this.found.place(seq, hex(leaf), null)
    const made = this.#leafOf(entry)
    const column = sameBytes(made, leaf) ? (entry.at === at ? this.#format.columnAtOdds(entry) : 'at') : null
    if (entry.personalDigest !== null && entry.personal === null) this.#bare.set(seq, commit)
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
    this.#tiles += 1
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
    if (this.#at !== null && link.at < this.#at) wrong('at')
    if (!sameBytes(link.prev, this.#link)) wrong('prev')
    if (link.count !== link.leaves.length / HASH_BYTES) wrong('count')
    if (!sameBytes(this.#format.linkOf(this.#hash, link), link.link)) wrong('link')
    for (let i = 0; i * HASH_BYTES < link.leaves.length; i++)
      await this.#compare(link.firstSeq + i, link.leaves.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES), link)
    this.#noteErased(link)
    await this.#tree(link.leaves)
    this.#commit = link.commit
    this.#link = link.link
    this.#at = link.at
    this.#checkChain()
  }

  #checkChain(): void {
    const chain = this.#options.against?.chain ?? null
    if (chain !== null && chain.commit === this.#commit && !sameBytes(chain.link, this.#link))
      this.found.add({ kind: 'checkpoint', seq: this.#size, commit: this.#commit, detail: 'link' })
  }

  /** A personal part is taken away by a step that names its entry, or by nobody who may. */
  #noteErased({ step }: TrailLink): void {
    if (!step.params.includes('"erased"')) return
    const { erased } = JSON.parse(step.params) as { erased?: unknown }
    if (Array.isArray(erased)) for (const seq of erased) this.#erased.add(Number(seq))
  }

  async #end(): Promise<void> {
    await this.#strays(Number.POSITIVE_INFINITY)
    for (const [level, open] of this.#frontier.entries())
      if (level > 0 && open.length > 0)
        await this.#tile({ level, index: Math.floor(this.#size / TILE ** (level + 1)), hashes: open })
    for (const [seq, commit] of this.#bare)
      if (!this.#erased.has(seq)) this.found.add({ kind: 'erased', seq, commit, detail: '' })
    const { commit, seq, link, at, tiles } = await this.#trail.stand()
    const isAt = at === this.#at || (this.#format.standsLater && (at ?? 0) >= (this.#at ?? 0))
    if (commit !== this.#commit || seq !== this.#size || !isAt || !sameBytes(link, this.#link))
      this.found.add({ kind: 'head', seq, commit, detail: `${this.#commit}/${this.#size}` })
    if (tiles !== this.#tiles)
      this.found.add({ kind: 'tile', seq: 0, commit: null, detail: `${tiles} ≠ ${this.#tiles}` })
    const { against } = this.#options
    if ((against?.chain?.commit ?? 0) > this.#commit)
      this.found.add({ kind: 'checkpoint', seq: this.#size, commit: this.#commit, detail: 'commit' })
    if ((against?.size ?? 0) > this.#size)
      this.found.add({ kind: 'checkpoint', seq: this.#size, commit: null, detail: 'size' })
  }

  async #walk(): Promise<void> {
    await this.#step()
    let first = true
    for await (const link of linksOf(this.#trail)) {
      if (first && link.hash === 'sm3') {
        this.#hash = 'sm3'
        this.#makeLeaf = this.#format.leaves('sm3')
      }
      first = false
      await this.#chain(link)
      this.#options.onProgress?.(this.#size)
    }
    await this.#end()
  }

  async run(): Promise<Verdict> {
    try {
      await this.#walk()
    } catch (error) {
      // a page that cannot be read, a number that is none: damage, and told with the place up to which all was read
      const detail = error instanceof Error ? error.message : String(error)
      this.found.add({ kind: 'file', seq: this.#size + 1, commit: this.#commit + 1, detail })
    }
    const { findings, count } = this.found.close()
    const chain = { commit: this.#commit, link: this.#link }
    return { findings, count, size: this.#size, root: rootOf(this.#hash, this.#frontier), hash: this.#hash, chain }
  }
}

export const verifyStore = (
  trail: TrailPages,
  options: VerifyOptions = {},
  format: Format = PRESENT,
): Promise<Verdict> => new Walk(trail, options, format).run()
