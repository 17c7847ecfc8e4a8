// Reads what strace wrote (`-f -y`): which answers of the event door followed a completed sync of the ledger's log that
// began no earlier than the arrival of their request on the same connection. Pure.

export interface TracedAnswer {
  readonly socket: string
  readonly synced: boolean
}

const ARRIVED = /^\d+ +(?:<\.\.\. )?(?:read|readv|recvfrom)\b.*?POST \/api\/v1\/events/
const ANSWERED = /^\d+ +(?:write|writev|sendto|sendmsg)\((\d+<[^>]*>).*HTTP\/1\.1 200.*\\"accepted\\":[1-9]/
const SYNC = /^(\d+) +(?:fsync|fdatasync)\(\d+<[^>]*ledger\.sqlite-wal>(.*)$/
const SYNC_RESUMED = /^(\d+) +<\.\.\. (?:fsync|fdatasync) resumed>.*= 0/
const SOCKET = /(?:read|readv|recvfrom)\((\d+<[^>]*>)/
const UNFINISHED = /^(\d+) +(?:read|readv|recvfrom)\((\d+<[^>]*>).*<unfinished/

export const answersOf = (trace: string): TracedAnswer[] => {
  const answers: TracedAnswer[] = []
  /** Line at which the last request of a connection came, and at which the last completed sync began. */
  const arrivedAt = new Map<string, number>()
  const syncing = new Map<string, number>()
  const reading = new Map<string, string>()
  let syncBegan = -1
  for (const [n, line] of trace.split('\n').entries()) {
    const begun = UNFINISHED.exec(line)
    if (begun !== null) reading.set(begun[1] ?? '', begun[2] ?? '')
    if (ARRIVED.test(line)) {
      const socket = SOCKET.exec(line)?.[1] ?? reading.get(/^\d+/.exec(line)?.[0] ?? '') ?? ''
      arrivedAt.set(socket, n)
    }
    const sync = SYNC.exec(line)
    if (sync !== null) {
      if (sync[2]?.includes('<unfinished')) syncing.set(sync[1] ?? '', n)
      else if (/= 0/.test(sync[2] ?? '')) syncBegan = n
    }
    const resumed = SYNC_RESUMED.exec(line)
    if (resumed !== null) syncBegan = Math.max(syncBegan, syncing.get(resumed[1] ?? '') ?? -1)
    const answer = ANSWERED.exec(line)
    if (answer !== null) {
      const socket = answer[1] ?? ''
      const came = arrivedAt.get(socket)
      answers.push({ socket, synced: came !== undefined && syncBegan > came })
    }
  }
  return answers
}
