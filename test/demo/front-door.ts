// A front door for the demonstration's tests: takes what is posted, answers as it is told to, remembers everything.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Lot {
  readonly key: string
  readonly historical: boolean
  readonly events: readonly { readonly event_id: string; readonly source_system?: string }[]
}

export interface Move {
  readonly cardId: string
  readonly key: string
  readonly move: string
  readonly why: string
}

export interface Script {
  /** What to do with a lot: take it, say busy, break the line, or a status. */
  onLot?: (lot: Lot, nth: number) => 'take' | 'busy' | 'cut' | number
  cards?: () => { card_id: string; rule_id: string; raised_at: string }[]
  onMove?: (move: Move) => number
}

const readBody = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

const answer = (
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(body))
}

export interface FrontDoor {
  readonly baseUrl: string
  readonly taken: Lot[]
  readonly moves: Move[]
  /** Most lots of one key that were under way at once. */
  mostAtOnce(): number
  close(): Promise<void>
}

export const openFrontDoor = async (script: Script): Promise<FrontDoor> => {
  const taken: Lot[] = []
  const moves: Move[] = []
  const underWay = new Map<string, number>()
  let most = 0
  let lots = 0
  const takeLot = async (request: IncomingMessage, response: ServerResponse, key: string): Promise<void> => {
    const now = (underWay.get(key) ?? 0) + 1
    underWay.set(key, now)
    most = Math.max(most, now)
    const lines = (await readBody(request)).split('\n')
    underWay.set(key, now - 1)
    const historical = request.headers['x-mingjing-historical'] !== undefined
    const lot = { key, historical, events: lines.map((line) => JSON.parse(line)) }
    lots += 1
    const said = script.onLot?.(lot, lots) ?? 'take'
    if (said === 'cut') return void request.socket.destroy()
    if (said === 'busy') return answer(response, 503, { code: 'busy' }, { 'retry-after': '0.01' })
    if (typeof said === 'number') return answer(response, said, { code: 'no' })
    taken.push(lot)
    answer(response, 200, { accepted: lot.events.length, known: 0, rejected: 0, receipts: [] })
  }
  const takeMove = async (request: IncomingMessage, response: ServerResponse, key: string): Promise<void> => {
    const cardId = decodeURIComponent(/cards\/([^/]+)\/moves$/.exec(request.url ?? '')?.[1] ?? '')
    const move: Move = { cardId, key, ...JSON.parse(await readBody(request)) }
    moves.push(move)
    answer(response, script.onMove?.(move) ?? 200, {})
  }
  const server = createServer((request, response) => {
    const key = (request.headers.authorization ?? '').replace('Bearer ', '')
    if (request.url === '/api/v1/events') void takeLot(request, response, key)
    else if (request.method === 'POST') void takeMove(request, response, key)
    else answer(response, 200, { items: script.cards?.() ?? [], next: null })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken,
    moves,
    mostAtOnce: () => most,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
