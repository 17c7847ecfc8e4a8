// The product's engine as a tree of sources holds it: the house's own, or a copy in which a fault was planted.

import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Engine } from './product.ts'

/** Where the house stands. */
export const HOUSE = join(import.meta.dirname, '../..')

/** The engine under `server/core` of a tree. */
export const engineOf = async (tree: string): Promise<Engine> => {
  const from = (file: string): Promise<unknown> => import(pathToFileURL(join(tree, 'server/core', file)).href)
  const rooms = await Promise.all(
    ['plan.ts', 'becoming.ts', 'case/judge.ts', 'case/fold.ts', 'law/build.ts', 'measure/count.ts']
      .concat('card/change.ts', 'card/subject.ts', 'card/procedure.ts')
      .map(from),
  )
  return Object.assign({}, ...(rooms as object[])) as Engine
}
