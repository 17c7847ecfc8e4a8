// The ledger thread: the only writing connection (SPEC, house). Seals each batch, commits it, keeps the log bounded in
// its pauses. It plans nothing: batches come as data and are written as they come.

import { parentPort, workerData } from 'node:worker_threads'
import { sealBatch } from '../evidence/seal.ts'
import { sealInto } from '../store/sqlite/ledger.ts'
import { openWriter } from '../store/sqlite/writer.ts'
import { serveThread } from './rpc.ts'

const { folder, hash } = workerData as { folder: string; hash: 'sha256' | 'sm3' }
const writer = openWriter(folder)
const { lease, commit } = sealInto(writer, (batch, tip) => sealBatch(batch, tip, hash))

if (parentPort !== null) {
  const methods = {
    open: () => writer.head(),
    commit,
    lease,
    bound: writer.bound,
    close: () => writer.close(),
  }
  serveThread(parentPort, methods, () => writer.rest())
}
