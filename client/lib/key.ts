// The key of this screen or reader: taken from `#key=…`, kept in local storage, stripped from the address bar.
// Never sent anywhere but in the Authorization header and the socket's handshake (L1, L8).

const PLACE = 'mingjing.key'

interface Where {
  location: { hash: string; pathname: string; search: string }
  history: { replaceState(state: unknown, unused: string, url: string): void }
  localStorage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
}

/** Storage may be forbidden (a locked-down television): then there is no key, and reading is anonymous. */
const attempt = <T>(work: () => T, otherwise: T): T => {
  try {
    return work()
  } catch {
    return otherwise
  }
}

export const takeKey = (where: Where): void => {
  const key = new URLSearchParams(where.location.hash.slice(1)).get('key')
  if (key === null) return
  keepKey(where.localStorage, key)
  where.history.replaceState(null, '', where.location.pathname + where.location.search)
}

export const keepKey = (storage: Where['localStorage'], key: string): void =>
  attempt(() => (key.trim() === '' ? storage.removeItem(PLACE) : storage.setItem(PLACE, key.trim())), undefined)

export const keptKey = (storage: Where['localStorage']): string | null => attempt(() => storage.getItem(PLACE), null)
