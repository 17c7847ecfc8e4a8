// Bringing a file to the server as it lies, with a word of how much of it is on its way; and asking for previews and jobs.
// Never reads the file itself.

import type { Problem } from '../../server/contract/api.ts'
import type { ImportPreview } from '../../server/contract/imports.ts'
import type { Answer } from '../lib/ask.ts'
import { keptKey } from '../lib/key.ts'

const parsed = <T>(text: string): T | null => {
  try {
    return JSON.parse(text) as T
  } catch {
    return null
  }
}

const answerOf = (request: XMLHttpRequest): Answer<ImportPreview> => {
  if (request.status === 200) {
    const value = parsed<ImportPreview>(request.responseText)
    return value === null ? { kind: 'silent' } : { kind: 'found', value }
  }
  if (request.status === 401) return { kind: 'key_needed' }
  const problem = parsed<Problem>(request.responseText)
  const code = problem?.code ?? String(request.status)
  return { kind: 'refused', zh: problem?.zh ?? code, en: problem?.en ?? code, code }
}

/** `onShare` hears the part of the bytes that has left, 0 to 1. Fetch cannot tell it. */
export const bring = (file: File, onShare: (share: number) => void): Promise<Answer<ImportPreview>> =>
  new Promise((done) => {
    const request = new XMLHttpRequest()
    request.open('POST', `/api/v1/imports/preview?name=${encodeURIComponent(file.name)}`)
    request.setRequestHeader('content-type', 'application/octet-stream')
    const key = keptKey(localStorage)
    if (key !== null) request.setRequestHeader('authorization', `Bearer ${key}`)
    request.upload.onprogress = ({ loaded, total }) => onShare(total === 0 ? 1 : loaded / total)
    request.onload = () => done(answerOf(request))
    request.onerror = () => done({ kind: 'silent' })
    request.send(file)
  })
