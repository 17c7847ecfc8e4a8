// A dictionary of parts, each with rooms of its own: two parts that bear one name are a type error, where a spread would let
// the later one overwrite the earlier without a word.

type Whole<P extends readonly object[]> = P extends readonly [infer H, ...infer R extends readonly object[]]
  ? H & Whole<R>
  : unknown

/** Names that stand in two of the parts. */
type Twice<P extends readonly object[]> = P extends readonly [infer H, ...infer R extends readonly object[]]
  ? (keyof H & keyof Whole<R>) | Twice<R>
  : never

export const join = <P extends readonly object[]>(...parts: [Twice<P>] extends [never] ? P : never): Whole<P> =>
  Object.assign({}, ...parts) as Whole<P>
