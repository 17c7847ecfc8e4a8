// The reader thread: a read-only connection for whatever is long (lists, sums, audit), so that nothing long ever
// stands between a request and its receipt. Every method of Records by its name.

import { parentPort, workerData } from 'node:worker_threads'
import { openRecords } from '../store/sqlite/records.ts'
import { serveThread } from './rpc.ts'

const { folder } = workerData as { folder: string }
const records = openRecords(folder)

if (parentPort !== null) serveThread(parentPort, { open: () => true, ...records })
