// Requests as the SDKs of CloudEvents and hand-made senders really send them (I1, I3): posted to a real server one by one, with what
// each is answered. An invalid instant is never guessed, an object that says a thing twice never taken by its last word.

import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type House, openHouse } from '../live/house.ts'
import { fieldFile } from './come.ts'

interface Request {
  readonly name: string
  readonly headers: Readonly<Record<string, string>>
  readonly text?: string
  readonly base64?: string
}

const lines = (path: string): string[] => readFileSync(fieldFile(path), 'utf8').trim().split('\n')
const REQUESTS = lines('cloudevents-sdk/requests.ndjson').map((line) => JSON.parse(line) as Request)

let house: House
beforeAll(async () => {
  house = await openHouse({ at: '2026-04-30T10:00:00+08:00', sources: ['one'] })
  await house.load(JSON.parse(readFileSync(fieldFile('catalogue.json'), 'utf8')))
})
afterAll(() => house.close())

const bodyOf = ({ text, base64 }: Request): Buffer =>
  base64 === undefined ? Buffer.from(text ?? '', 'utf8') : Buffer.from(base64, 'base64')

interface Answer {
  readonly code?: string
  readonly at?: string
  readonly receipts?: readonly { outcome: string; code?: string | null; field?: string | null }[]
}

/** `200 rejected bad_instant /time`, or `400 bad_json` of what could not be read at all. */
const answered = async (request: Request): Promise<string> => {
  const answer = await fetch(`${house.serving.url}/api/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${house.keys.one}`, ...request.headers },
    body: new Uint8Array(bodyOf(request)),
  })
  const said = (await answer.json()) as Answer
  const told = said.receipts?.map(({ outcome, code, field }) => [outcome, code, field].filter(Boolean).join(' '))
  return [answer.status, told?.join('; ') ?? said.code].filter((part) => part !== '').join(' ')
}

const RIGHT = new Map(lines('cloudevents-sdk/right.txt').map((line) => line.split(' | ') as [string, string]))

describe('requests of the field', () => {
  it('I1: the table has one right answer for each request', () => {
    expect(REQUESTS).toHaveLength(74)
    expect([...RIGHT.keys()].sort()).toEqual(REQUESTS.map(({ name }) => name).sort())
  })

  it.each(REQUESTS)('I1 I3: $name', async (request) => {
    expect(await answered(request)).toBe(RIGHT.get(request.name))
  })
})
