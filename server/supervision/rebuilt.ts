// What the entry of a rebuild says (A4): that an engine has taken every step up to a commit again, and made all that is derived
// anew. Without one, steps are read as their own engine took them.

import { ENGINE_VERSION } from '../core/case/fold.ts'
import type { InputEntry } from '../store/port.ts'

/** The body of an entry of kind `rebuild`. */
export interface Rebuilt {
  readonly engine: number
  /** The engine before. */
  readonly from: number
  /** The last commit that was taken again. */
  readonly commit: number
  /** The link of that commit, in hex. */
  readonly link: string
  /** Name of the file as it was. */
  readonly kept: string
  readonly sha256: string
}

/** Up to which commit this engine has taken the steps again; 0: none. */
export const rebuiltIn = (entries: readonly Pick<InputEntry, 'body'>[]): number => {
  const last = entries.at(-1)
  if (last === undefined) return 0
  const { engine, commit } = JSON.parse(last.body) as Rebuilt
  return engine === ENGINE_VERSION ? commit : 0
}
