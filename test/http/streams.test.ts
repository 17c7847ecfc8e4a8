// Streams over real sockets: cut at their bound, still answered, and the connection lives on (I4, I5).

import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import type { Receipts } from '../../server/contract/api.ts'
import { wire } from '../intake/wire.ts'
import { bearer, openHouse } from './house.ts'

const line = (id: string): string => `${JSON.stringify(wire({ event_id: id }))}\n`

const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

const open = async (limits: Parameters<typeof openHouse>[0]) => {
  const house = openHouse(limits)
  await house.app.listen({ port: 0, host: '127.0.0.1' })
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  closers.push(async () => {
    agent.destroy()
    await house.app.close()
  })
  const { port } = house.app.server.address() as { port: number }
  const headers = { ...bearer('source'), 'content-type': 'application/x-ndjson' }
  const start = (): ClientRequest => request({ port, agent, headers, method: 'POST', path: '/api/v1/events' })
  return { ...house, start }
}

interface Answer {
  status: number
  body: Receipts & { code?: string }
}

const answerOf = (sent: ClientRequest): Promise<Answer> =>
  new Promise((resolve, reject) => {
    sent.on('error', reject)
    sent.on('response', (message: IncomingMessage) => {
      const parts: Buffer[] = []
      message.on('data', (part: Buffer) => parts.push(part))
      message.on('end', () =>
        resolve({ status: message.statusCode ?? 0, body: JSON.parse(Buffer.concat(parts).toString()) }),
      )
    })
  })

describe('I5: streams over sockets', () => {
  it('I5: a sender that goes past the bound is answered though it has not ended', async () => {
    const { start } = await open({ limits: { bytes: 10_000 } })
    const sent = start()
    const answer = answerOf(sent)
    sent.write('\n'.repeat(10_001))
    expect(await answer).toMatchObject({ status: 413, body: { code: 'too_large' } })
    sent.end()
  })

  it('I4 I5: a stream that passes its bound late is told what stands', async () => {
    const { start, supervisor } = await open({ limits: { events: 3, slice: 2 } })
    const sent = start()
    const answer = answerOf(sent)
    const taken = supervisor.nextSlice()
    sent.write(line('A') + line('B'))
    await taken
    sent.write(line('C') + line('D'))
    const { status, body } = await answer
    expect([status, body.code, body.accepted]).toEqual([413, 'too_large', 2])
    expect(body.receipts.map((receipt) => receipt.event_id)).toEqual(['A', 'B'])
    sent.end()
  })

  it('I5: the rest of a refused stream runs out unread, and the connection serves on', async () => {
    const { start } = await open({ limits: { bytes: 10_000 } })
    const first = start()
    const refused = answerOf(first)
    first.end('\n'.repeat(3_000_000))
    expect((await refused).status).toBe(413)
    const second = start()
    const answer = answerOf(second)
    second.end(line('A'))
    expect(await answer).toMatchObject({ status: 200, body: { accepted: 1 } })
    expect(second.reusedSocket).toBe(true)
  })

  it('I3: a sender that breaks off in the midst of a line leaves no half event behind', async () => {
    const { start, supervisor } = await open({ limits: { slice: 1 } })
    const sent = start()
    const broken = answerOf(sent).catch((error: Error) => error.message)
    const taken = supervisor.nextSlice()
    sent.write(`${line('A')}{"event_id":`)
    await taken
    sent.destroy(new Error('broken off'))
    expect(await broken).toBe('broken off')
    expect(supervisor.heard.slices).toEqual([1])
  })
})
