// What reaches the door and is no proper request: not HTTP, headers without end, a request that never came to its end.
// There is no request to answer then, only a line: told as a problem like every other error (SPEC 11), and cut.

import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { ProblemCode, ProblemPlace } from '../contract/problems.ts'
import { problemOf } from './problems.ts'

const CODES: ReadonlyMap<string, ProblemCode> = new Map<string, ProblemCode>([
  ['ERR_HTTP_REQUEST_TIMEOUT', 'too_slow'],
  ['HPE_HEADER_OVERFLOW', 'headers_too_large'],
])

/** A whole answer as it goes over the line, after which the line is closed. */
export const lineOf = (
  code: ProblemCode,
  place: ProblemPlace = {},
  more: Readonly<Record<string, string>> = {},
): string => {
  const problem = problemOf(code, place)
  const body = JSON.stringify(problem)
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}`,
    'content-type: application/problem+json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    ...Object.entries(more).map(([name, value]) => `${name}: ${value}`),
    'connection: close',
  ]
  return `${head.join('\r\n')}\r\n\r\n${body}`
}

export const answerBroken = (error: Error & { readonly code?: string }, socket: Socket): void => {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  const code = CODES.get(error.code ?? '') ?? 'bad_request'
  const place: ProblemPlace = code === 'bad_request' ? { detail: 'not HTTP' } : {}
  if (socket.writable) socket.write(lineOf(code, place))
  socket.destroySoon()
}
