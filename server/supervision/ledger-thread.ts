// The ledger thread: the only writing connection (SPEC, house). Seals each batch, commits it, keeps the log bounded in
// its pauses. It plans nothing: batches come as data and are written as they come.

import { parentPort, workerData } from 'node:worker_threads'
import { sealBatch } from '../evidence/seal.ts'
import type { Committed } from '../store/port.ts'
import type { PackedBatch } from '../store/sqlite/pack.ts'
import { openWriter } from '../store/sqlite/writer.ts'
import { serveThread } from './rpc.ts'

const { folder, hash } = workerData as { folder: string; hash: 'sha256' | 'sm3' }
const writer = openWriter(folder)
let tip = writer.tip()

const commit = (batch: PackedBatch): Committed => {
  const { sealed, tip: next } = sealBatch(batch, tip, hash)
  const committed = writer.commit(batch, sealed)
  tip = next
  return committed
}

const CHECKPOINT_PAGES = 2_000

if (parentPort !== null) {
  serveThread(parentPort, { open: () => writer.head(), commit, close: () => writer.close() }, () => {
    if (writer.logPages() > CHECKPOINT_PAGES) writer.checkpoint()
  })
}
