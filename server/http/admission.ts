// How many sockets are let in (I5): so many at once and so many a second, of one address and in whole, so that a thousand that
// ask in one moment cost the others the answer that they are to come again, and no more. Buckets that fill again with time;
// what is full again is forgotten. Never looks at what a socket says, nor at headers of a proxy.

/** So many at once, and so many a second after that. */
export interface Rate {
  readonly atOnce: number
  readonly perSecond: number
}

export interface AdmissionRates {
  readonly address: Rate
  readonly whole: Rate
}

/** A hall's screens come from a few addresses, or from one behind a proxy; after a restart they come again, spread out (L6). */
export const SOCKET_RATES: AdmissionRates = {
  address: { atOnce: 60, perSecond: 30 },
  whole: { atOnce: 240, perSecond: 120 },
}

/** Addresses that are remembered; beyond so many those that have come longest ago are forgotten. */
const MOST_ADDRESSES = 10_000

interface Bucket {
  left: number
  /** Monotonic ms. */
  filledAt: number
}

const filled = (bucket: Bucket, { atOnce, perSecond }: Rate, now: number): Bucket => {
  bucket.left = Math.min(atOnce, bucket.left + ((now - bucket.filledAt) / 1_000) * perSecond)
  bucket.filledAt = now
  return bucket
}

/** One who has an address of IPv6 has the sixty-four bits behind it as well. */
const ownerOf = (address: string): string =>
  address.includes(':') && !address.startsWith('::ffff:') ? address.split(':').slice(0, 4).join(':') : address

/**
 * Whether one more from this address is let in now. Those that are refused use nothing up. `mono` in real ms.
 */
export const openAdmission = (rates: AdmissionRates, mono: () => number): ((address: string) => boolean) => {
  const whole: Bucket = { left: rates.whole.atOnce, filledAt: mono() }
  const addresses = new Map<string, Bucket>()
  return (address) => {
    const now = mono()
    const owner = ownerOf(address)
    const own = filled(addresses.get(owner) ?? { left: rates.address.atOnce, filledAt: now }, rates.address, now)
    // put last: the first of the map has come longest ago
    addresses.delete(owner)
    addresses.set(owner, own)
    const [first] = addresses.keys()
    if (addresses.size > MOST_ADDRESSES && first !== undefined) addresses.delete(first)
    if (own.left < 1 || filled(whole, rates.whole, now).left < 1) return false
    own.left -= 1
    whole.left -= 1
    return true
  }
}
