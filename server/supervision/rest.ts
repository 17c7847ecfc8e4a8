// A rest of the line between two slices, which whatever comes may cut short. It says nothing of how long: pace.ts does.

export class Rest {
  #end: (() => void) | null = null

  /** Resolves after so many milliseconds, or when it is ended. */
  take(ms: number): Promise<void> {
    return new Promise((done) => {
      const timer = setTimeout(() => this.end(), ms)
      this.#end = () => {
        clearTimeout(timer)
        done()
      }
    })
  }

  end(): void {
    this.#end?.()
    this.#end = null
  }
}
