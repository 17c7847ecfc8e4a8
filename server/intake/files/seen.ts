// Which rows of a file have been seen before, by a hash of what they say: for the count of identical rows alone, never
// for deciding what is sent. Eight bytes a row in one flat table that stops counting at a bound.

const MOST_ROWS = 4_194_304

export class Seen {
  #slots = new Float64Array(1 << 12)
  #rows = 0

  /** Whether every row up to here could be compared. */
  get isFull(): boolean {
    return this.#rows >= MOST_ROWS
  }

  /** Notes a row by 13 or more hexadecimal digits; true when it was seen before. */
  note(digest: string): boolean {
    // 0 marks a free slot
    const hash = Number.parseInt(digest.slice(0, 13), 16) + 1
    if (this.isFull) return false
    if (this.#rows * 2 >= this.#slots.length) this.#grow()
    const slot = this.#find(this.#slots, hash)
    if (this.#slots[slot] === hash) return true
    this.#slots[slot] = hash
    this.#rows++
    return false
  }

  #find(slots: Float64Array, hash: number): number {
    let slot = hash % slots.length
    while (slots[slot] !== 0 && slots[slot] !== hash) slot = (slot + 1) % slots.length
    return slot
  }

  #grow(): void {
    const larger = new Float64Array(this.#slots.length * 2)
    for (const hash of this.#slots) if (hash !== 0) larger[this.#find(larger, hash)] = hash
    this.#slots = larger
  }
}
