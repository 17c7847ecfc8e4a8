// At which instant a command at the console judges (M9, L19): the server's, where one runs on the folder, whatever clock it was
// given; else that of its own clock, and never before the last entry of the ledger, as the line itself would have it.

import { askServer } from '../control.ts'
import { asInstant, type Instant } from '../core/time/instant.ts'
import type { openAlone } from '../office/alone.ts'
import { inFolderIfAny } from '../office/folder.ts'

type Clock = Parameters<typeof openAlone>[1]

interface OfFolder {
  readonly data: string
  readonly clock: Clock
}

const standsAt = async ({ data, clock }: OfFolder): Promise<Instant> => {
  const answered = await askServer(data, 'now', {})
  if (answered !== null) return asInstant(answered.value as number)
  const last = await inFolderIfAny(data, async ({ records }) => (await records.head()).at)
  return asInstant(Math.max(clock.now(), last ?? 0))
}

/** The settings with the clock by which the folder is judged: asked once, it runs on from there as the given one does. */
export const besideServer = async <T extends OfFolder>(settings: T): Promise<T> => {
  const { clock } = settings
  const asked = clock.now()
  const at = await standsAt(settings)
  return { ...settings, clock: { ...clock, now: () => asInstant(at + Math.max(0, clock.now() - asked)) } }
}
