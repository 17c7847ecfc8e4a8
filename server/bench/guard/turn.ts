// How long the main thread of a measured server is at work in one turn of its loop, measured from within (I5): a timer that
// comes every millisecond comes late by as much. Of the stretch between two of them only what the thread itself worked is
// counted, so that a loaded machine is no noise; where no system says how much that was, the stretch itself.

import { closeSync, openSync, readSync } from 'node:fs'
import { performance } from 'node:perf_hooks'

const EVERY_MS = 1

/** ms for which the main thread of this process has been at work; null where nobody says so. */
const workedBy = (): (() => number) | null => {
  const path = `/proc/self/task/${process.pid}/schedstat`
  try {
    const file = openSync(path, 'r')
    process.once('exit', () => closeSync(file))
    const text = Buffer.alloc(96)
    return () => Number(text.toString('latin1', 0, readSync(file, text, 0, text.length, 0)).split(' ')[0]) / 1e6
  } catch {
    return null
  }
}

/**
 * In the process of the server: answers its parent, whenever that asks for `turn`, with the longest turn since it last did, and
 * when it asks for `routes`, with what it may be asked.
 */
export const measureTurns = (routes: () => unknown): void => {
  const worked = workedBy() ?? (() => performance.now())
  let before = worked()
  let longest = 0
  setInterval(() => {
    const now = worked()
    longest = Math.max(longest, now - before)
    before = now
  }, EVERY_MS).unref()
  process.on('message', (word) => {
    if (word === 'routes') {
      process.send?.({ routes: routes() })
      return
    }
    process.send?.(longest)
    longest = 0
  })
  // whoever asks does not keep it alive
  process.channel?.unref()
}
