// Keys (A2): shown once, stored hashed, live until revoked; the ring follows the rows when told to.

import { describe, expect, it } from 'vitest'
import { hashKey, type KeyLine, newKey, openKeyRing } from '../../server/access/keys.ts'

const line = (made: { keyId: string; hash: string }, fields: Partial<KeyLine> = {}): KeyLine => ({
  keyId: made.keyId,
  hash: made.hash,
  role: 'source',
  source: 'approval-east',
  revokedAt: null,
  note: '',
  ...fields,
})

const store = (lines: KeyLine[]) => ({ lines, keys: async () => lines.slice() })

describe('A2: keys', () => {
  it('A2: a new key has 256 bits, an id in the open and a digest that does not hold it', () => {
    const made = newKey()
    expect(made.key).toMatch(/^mj_[0-9a-f]{16}_[A-Za-z0-9_-]{43}$/)
    expect(made.key).toContain(made.keyId)
    expect(made.hash).toBe(hashKey(made.key))
    expect(made.hash).toMatch(/^[0-9a-f]{64}$/)
    expect(newKey().key).not.toBe(made.key)
  })

  it('A2: a live key says whose it is', async () => {
    const [east, auditor, screen] = [newKey(), newKey(), newKey()]
    const ring = await openKeyRing(
      store([
        line(east),
        line(auditor, { role: 'auditor', source: null, note: '市监察委' }),
        line(screen, { role: 'screen', source: null }),
      ]),
    )
    expect(ring.roleOf(east.key)).toEqual({
      id: east.keyId,
      role: 'source',
      source: 'approval-east',
      name: 'approval-east',
    })
    expect(ring.roleOf(auditor.key)).toEqual({ id: auditor.keyId, role: 'auditor', source: null, name: '市监察委' })
    expect(ring.roleOf(screen.key)?.name).toBe(`screen:${screen.keyId}`)
  })

  it('A2: revoked keys, unknown roles and wrong secrets open nothing', async () => {
    const [live, revoked, strange, broken] = [newKey(), newKey(), newKey(), newKey()]
    const ring = await openKeyRing(
      store([
        line(live),
        line(revoked, { revokedAt: 1 }),
        line(strange, { role: 'root' }),
        line({ ...broken, hash: 'not a digest' }),
      ]),
    )
    const secret = newKey().key.slice(-43)
    const forged = `mj_${live.keyId}_${secret}`
    for (const key of [
      revoked.key,
      strange.key,
      broken.key,
      forged,
      newKey().key,
      '',
      'mj_',
      live.hash,
      `${live.key}x`,
    ])
      expect(ring.roleOf(key)).toBeNull()
  })

  it('A2: adding and revoking take hold at the next refresh, also while another one runs', async () => {
    const [first, second] = [newKey(), newKey()]
    const rows = store([line(first)])
    const ring = await openKeyRing(rows)
    expect(ring.roleOf(second.key)).toBeNull()
    const running = ring.refresh()
    rows.lines.splice(0, 1, line(first, { revokedAt: 5 }), line(second))
    await Promise.all([running, ring.refresh(), ring.refresh()])
    expect(ring.roleOf(second.key)).not.toBeNull()
    expect(ring.roleOf(first.key)).toBeNull()
  })

  it('A2: a failed refresh keeps the keys it had', async () => {
    const made = newKey()
    const rows = { fails: false, keys: async () => (rows.fails ? Promise.reject(new Error('disk')) : [line(made)]) }
    const ring = await openKeyRing(rows)
    rows.fails = true
    await expect(ring.refresh()).rejects.toThrow('disk')
    expect(ring.roleOf(made.key)).not.toBeNull()
    rows.fails = false
    await ring.refresh()
    expect(ring.roleOf(made.key)).not.toBeNull()
  })
})
