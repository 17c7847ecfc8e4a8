// What a reader leaves behind on this device and finds again: the language, and the last filters of each list. Kept under a
// mark of the reader's key, so that two who share a screen keep their own. Never the key, never anything of a case.

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem'>

export interface Kept {
  readonly lang?: 'zh' | 'en'
  /** The query of a list's own filters, by its path. */
  readonly filters?: Readonly<Record<string, string>>
}

/** Tells keys apart without saying them: FNV-1a, eight hexadecimal digits. '' stays ''. */
export const markOf = (key: string | null): string => {
  if (key === null || key === '') return ''
  let hash = 0x811c9dc5
  for (const char of key) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0
  return hash.toString(16).padStart(8, '0')
}

const placeOf = (actor: string): string => `mingjing.kept.${actor}`

/** Nothing where nothing was kept, where what is there is no longer understood, or where storage is forbidden. */
export const keptOf = (storage: Storage, actor: string): Kept => {
  try {
    const kept: unknown = JSON.parse(storage.getItem(placeOf(actor)) ?? '{}')
    return typeof kept === 'object' && kept !== null ? (kept as Kept) : {}
  } catch {
    return {}
  }
}

/** Beside what is kept already; a device that keeps nothing is no reason to stop. */
export const keepMore = (storage: Storage, actor: string, more: Kept): void => {
  const { filters = {}, ...rest } = keptOf(storage, actor)
  const kept: Kept = { ...rest, ...more, filters: { ...filters, ...more.filters } }
  try {
    storage.setItem(placeOf(actor), JSON.stringify(kept))
  } catch {
    // a locked-down television
  }
}

/** A link to a list without filters of its own leads to the list as it was last looked at. */
export const withFilters = (kept: Kept, href: string): string =>
  href.includes('?') ? href : href + (kept.filters?.[href] ?? '')
