// The two measures of time: an Instant (epoch milliseconds) and a Day (civil day number, 1970-01-01 = 0).
// They are branded, for mixing them is the classic mistake of a clock. Never reads a clock. Rules: T1, T3.

declare const instantBrand: unique symbol
declare const dayBrand: unique symbol

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number & { readonly [instantBrand]: true }

/** A civil date as days since 1970-01-01, without a zone. */
export type Day = number & { readonly [dayBrand]: true }

export const asInstant = (ms: number): Instant => ms as Instant
export const asDay = (n: number): Day => n as Day
