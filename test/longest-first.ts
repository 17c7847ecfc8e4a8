// In which order test files run: by project, so that a worker keeps what it has imported, and in each the longest first,
// so that the workers end together. What each took is kept in seconds.json, for a fresh checkout has run nothing yet;
// after a whole run `node --import tsx test/seconds.ts` writes it anew. An order that is out of date costs time alone.

import { relative } from 'node:path'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import KEPT from './seconds.json' with { type: 'json' }

const SECONDS: Readonly<Record<string, number>> = KEPT

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // a file nobody has measured may be a long one
    const secondsOf = ({ moduleId }: TestSpecification): number =>
      SECONDS[relative(this.ctx.config.root, moduleId).replaceAll('\\', '/')] ?? 2
    return [...files].sort((a, b) => {
      if (a.project.name !== b.project.name) return a.project.name < b.project.name ? -1 : 1
      return secondsOf(b) - secondsOf(a)
    })
  }
}
