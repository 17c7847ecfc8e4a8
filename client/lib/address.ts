// The query of an address: read by the names a page knows, written back where a value changes. Pure: App moves the address.
// What is empty is left out; what stands there keeps its place; names that a page does not know are left alone.

/** What belongs to the reader and travels from page to page; all else belongs to its page. */
export const CARRIED = ['lang', 'scope'] as const

/** The value of each name, '' where the address has none. */
export const valuesIn = <N extends string>(search: string, names: readonly N[]): Record<N, string> => {
  const query = new URLSearchParams(search)
  return Object.fromEntries(names.map((name) => [name, query.get(name) ?? ''])) as Record<N, string>
}

/** One of the values a name may have; the first where the address has none of them. */
export const choiceIn = <const C extends readonly [string, ...string[]]>(
  search: string,
  name: string,
  choices: C,
): C[number] => {
  const asked = new URLSearchParams(search).get(name)
  return choices.find((choice) => choice === asked) ?? choices[0]
}

type Values = Readonly<Record<string, string | null>>

/** An address's query with some values changed, from its question mark; '' and null take a name away. */
export const withValues = (search: string, changes: Values): string => {
  const query = new URLSearchParams(search)
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === '') query.delete(name)
    else query.set(name, value)
  }
  return query.size === 0 ? '' : `?${query}`
}

/** The query that says these values and nothing else. */
export const queryOf = (values: Values): string => withValues('', values)

/** A query without what travels from page to page: the filters of the page itself. */
export const ownQuery = (query: string): string => {
  const own = new URLSearchParams(query)
  for (const name of CARRIED) own.delete(name)
  return queryOf(Object.fromEntries(own))
}
