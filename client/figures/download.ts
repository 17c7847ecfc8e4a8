// Downloading a file with the reader's key: a plain link cannot bear one. The name is the server's own.

import { keptKey } from '../lib/key.ts'

const nameIn = (header: string | null, otherwise: string): string => {
  const coded = /filename\*=UTF-8''([^;]+)/i.exec(header ?? '')?.[1]
  return coded === undefined ? otherwise : decodeURIComponent(coded)
}

const save = (blob: Blob, name: string): void => {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}

/** False when the file was not given out. */
export const download = async (path: string, otherwise: string): Promise<boolean> => {
  const key = keptKey(localStorage)
  try {
    const answer = await fetch(path, { headers: key === null ? {} : { authorization: `Bearer ${key}` } })
    if (!answer.ok) return false
    save(await answer.blob(), nameIn(answer.headers.get('content-disposition'), otherwise))
    return true
  } catch {
    return false
  }
}
