// What a job of importing was asked for, and what the entry of its import says of that (I14) when it begins to bring something.

import { parseInstant } from '../../core/time/civil.ts'
import type { Instant } from '../../core/time/instant.ts'
import type { Mapping } from '../../intake/files/map.ts'
import type { Names } from '../../intake/files/names.ts'
import type { Actor, ImportBegun } from '../../supervision/said.ts'
import { digestIn, type Upload } from './spool.ts'

export interface JobAsked {
  readonly upload: Upload
  readonly mapping: Mapping | null
  readonly source: string | null
  /** The instant before which it is a declared past record (I8); null: live. */
  readonly historical: Instant | null
  /** RFC 3339: as of when a register is that says it in no column. */
  readonly asOf: string | null
  readonly dryRun: boolean
  /** A yes to what the catalogue does not list (I15). */
  readonly acceptUnlisted: boolean
  readonly actor: Actor
}

export const begunOf = async (
  { view, asked }: { readonly view: { readonly import_id: string; readonly name: string }; readonly asked: JobAsked },
  names: Names | null,
): Promise<ImportBegun> => {
  const { upload, mapping, source, historical, actor } = asked
  const asOf = asked.asOf === null ? null : parseInstant(asked.asOf)
  const digest = await digestIn(upload)
  const file = { id: view.import_id, file: view.name, digest, mapping: mapping?.name ?? null }
  const register = mapping?.register?.name ?? null
  const named = names === null || mapping === null ? null : { mapping: mapping.digest, pairs: names.pairs() }
  const sends = mapping?.sends ?? null
  return { ...file, register, source, by: actor.name, actor, historical, asOf, names: named, sends }
}
