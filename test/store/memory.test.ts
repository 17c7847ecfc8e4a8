// The memory twin keeps the law book of the store port.

import { openMemory } from '../../server/store/memory/store.ts'
import { describeStore } from './contract.ts'

describeStore('memory', async () => {
  const store = openMemory()
  return { ledger: store, records: store, keys: store, second: store.second, close: () => store.close() }
})
