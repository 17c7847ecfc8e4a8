import { it } from 'vitest'
import { cityDay, someCases } from './city.ts'
import { openOffice, standingOf } from './office.ts'
it('x', async () => { for (const seed of [5,6,7,8,9,10,11,12]) { const c = cityDay(seed); for (const n of [220, 300]) { const s = someCases(c.taken, n); const o = await openOffice(c.catalogue, c.endAt); await o.send([s]); const st = await standingOf(o.records); const rules: Record<string, number> = {}; for (const id of st.cards.keys()) rules[id.slice(0,4)] = (rules[id.slice(0,4)] ?? 0) + 1; console.log('SEED', seed, n, s.length, st.cases.size, JSON.stringify(rules)); await o.close() } } })
