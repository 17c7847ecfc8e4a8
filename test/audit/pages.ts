// Where the file of a ledger says something: the bytes of its B-tree pages that cells, their pointers and page heads take, free
// pages, free blocks and the gap between pointers and cells left out. After the file format of SQLite, section 1.6.

/** Half-open ranges of bytes of the file. */
export type Range = readonly [from: number, to: number]

const INTERIOR = new Set([0x02, 0x05])
const TREE = new Set([0x02, 0x05, 0x0a, 0x0d])
const FILE_HEAD = 100

/** Numbers of the pages that hang on the free list, from 1. */
const freePages = (file: Buffer, size: number): ReadonlySet<number> => {
  const free = new Set<number>()
  for (let trunk = file.readUInt32BE(32); trunk !== 0 && !free.has(trunk); ) {
    free.add(trunk)
    const at = (trunk - 1) * size
    const leaves = file.readUInt32BE(at + 4)
    for (let i = 0; i < leaves; i++) free.add(file.readUInt32BE(at + 8 + 4 * i))
    trunk = file.readUInt32BE(at)
  }
  return free
}

/** What lies between free blocks, from the first cell to the end of the page. */
const cellsOf = (page: Buffer, head: number): Range[] => {
  const begun = page.readUInt16BE(head + 5)
  const ranges: Range[] = []
  let from = begun === 0 ? 65_536 : begun
  for (let block = page.readUInt16BE(head + 1); block !== 0; block = page.readUInt16BE(block)) {
    if (block > from) ranges.push([from, block])
    from = block + page.readUInt16BE(block + 2)
  }
  if (from < page.length) ranges.push([from, page.length])
  return ranges
}

/** The used bytes of every B-tree page. */
export const usedRanges = (file: Buffer): Range[] => {
  const told = file.readUInt16BE(16)
  const size = told === 1 ? 65_536 : told
  const free = freePages(file, size)
  const ranges: Range[] = []
  for (let at = 0, number = 1; at + size <= file.length; at += size, number++) {
    if (free.has(number)) continue
    const page = file.subarray(at, at + size)
    const head = number === 1 ? FILE_HEAD : 0
    const type = page[head] ?? 0
    if (!TREE.has(type)) continue
    const pointers = head + (INTERIOR.has(type) ? 12 : 8)
    const local: Range[] = [[head, pointers + 2 * page.readUInt16BE(head + 3)], ...cellsOf(page, head)]
    for (const [from, to] of local) ranges.push([at + from, at + to])
  }
  return ranges
}

/** The n-th byte of the ranges. */
export const nthOf = (ranges: readonly Range[], n: number): number => {
  let left = n
  for (const [from, to] of ranges) {
    if (left < to - from) return from + left
    left -= to - from
  }
  throw new Error(`the ranges have no byte ${n}`)
}

export const lengthOf = (ranges: readonly Range[]): number => ranges.reduce((sum, [from, to]) => sum + to - from, 0)
