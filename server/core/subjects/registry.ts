// The kinds of subjects beside the case. A further one is a file beside these and a line here: it is folded from whatever
// comes in, judged, carded, turned, audited and replayed from then on. Whoever changes what a kind makes of the same facts
// raises ENGINE_VERSION, as for a case: ledgers are then rebuilt.

import type { AnySubjectKind } from '../subject.ts'
import { source } from './source.ts'

export const SUBJECTS: readonly AnySubjectKind[] = [source]
