// Which rows of a file have been seen before, by a hash of what they say: for the count of identical rows alone, never
// for deciding what is sent. Eight bytes a row in flat tables that stop counting at a bound. Many small tables grow one
// after another, where one large one would hold up everybody while it does.

const MOST_ROWS = 4_194_304
const PARTS = 256

/** One part: rows whose hash falls to it. */
class Part {
  #slots = new Float64Array(1 << 5)
  #rows = 0

  /** True when the hash, which is not 0, was here before. */
  note(hash: number): boolean {
    // 0 marks a free slot
    if (this.#rows * 2 >= this.#slots.length) this.#grow()
    const slot = this.#find(this.#slots, hash)
    if (this.#slots[slot] === hash) return true
    this.#slots[slot] = hash
    this.#rows++
    return false
  }

  #find(slots: Float64Array, hash: number): number {
    let slot = Math.floor(hash / PARTS) % slots.length
    while (slots[slot] !== 0 && slots[slot] !== hash) slot = (slot + 1) % slots.length
    return slot
  }

  #grow(): void {
    const larger = new Float64Array(this.#slots.length * 2)
    for (const hash of this.#slots) if (hash !== 0) larger[this.#find(larger, hash)] = hash
    this.#slots = larger
  }
}

export class Seen {
  readonly #parts = Array.from({ length: PARTS }, () => new Part())
  #rows = 0

  /** Whether every row up to here could be compared. */
  get isFull(): boolean {
    return this.#rows >= MOST_ROWS
  }

  /** Notes a row by 13 or more hexadecimal digits; true when it was seen before. */
  note(digest: string): boolean {
    const hash = Number.parseInt(digest.slice(0, 13), 16) + 1
    if (this.isFull) return false
    const isSeen = this.#parts[hash % PARTS]?.note(hash) === true
    if (!isSeen) this.#rows++
    return isSeen
  }
}
