// Answers as JSON text, made a piece at a time (I5): a page of five hundred cards, or a case with thousands of events, is a
// megabyte of text and more. Long lists are written by lots with a stop after each; small answers are made at a stretch. The
// text is that of JSON.stringify.

import type { FastifyInstance } from 'fastify'
import type { Steps } from '../core/steps.ts'
import type { Slices } from '../office/slices.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** The row of long work at this door. */
    readonly slices: Slices
  }
}

/** Elements of a list that are written at a stretch. */
const LOT = 25
/** Lists longer than this are cut, however short the answer may be. */
const LONG = 50

type Members = Readonly<Record<string, unknown>>

const isPlain = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !('toJSON' in value)

function* listSteps(list: readonly unknown[], into: Buffer[]): Steps<void> {
  for (let from = 0; from < list.length; from += LOT) {
    const some = list.slice(from, from + LOT).map((one) => JSON.stringify(one) ?? 'null')
    into.push(Buffer.from(`${from === 0 ? '[' : ','}${some.join(',')}`))
    yield
  }
  into.push(Buffer.from(list.length === 0 ? '[]' : ']'))
}

/** The bytes of a value's JSON text. Stops in every long list of it, and in those of an object of it. */
export function* jsonSteps(value: unknown): Steps<Buffer> {
  const made: Buffer[] = []
  if (Array.isArray(value)) yield* listSteps(value, made)
  else if (!isPlain(value)) made.push(Buffer.from(JSON.stringify(value)))
  else {
    let before = '{'
    for (const [key, member] of Object.entries(value)) {
      const isList = Array.isArray(member)
      const text = isList ? '' : JSON.stringify(member)
      // what JSON has no word for is left out, as a member
      if (text === undefined) continue
      made.push(Buffer.from(`${before}${JSON.stringify(key)}:${text}`))
      if (isList) yield* listSteps(member, made)
      before = ','
    }
    made.push(Buffer.from(before === '{' ? '{}' : '}'))
  }
  return Buffer.concat(made)
}

const isLong = (value: unknown): boolean => {
  const lists: readonly unknown[] = Array.isArray(value) ? [value] : isPlain(value) ? Object.values(value) : []
  return lists.some((list) => Array.isArray(list) && list.length > LONG)
}

/** Long answers are written in the row of the door's long work. Call it before the routes are added. */
export const answerInPieces = (app: FastifyInstance, slices: Slices): void => {
  app.decorate('slices', slices)
  app.addHook('preSerialization', (_, reply, payload, done) => {
    if (!isLong(payload)) return done(null, payload)
    // it is written already
    reply.serializer((written: unknown) => written as string)
    slices.run(jsonSteps(payload)).then(
      (text) => done(null, text),
      (error: Error) => done(error),
    )
  })
}
