// English: the words of the page of measures. Same keys as the Chinese, held by the type.

import type { zhMeasures } from '../zh/measures.ts'

export const enMeasures: typeof zhMeasures = {
  measures: {
    title: 'Measures',
    by: {
      department: 'Department',
      window: 'Window',
      operator: 'Operator',
      item: 'Item',
      region: 'Region',
      source: 'Source',
    },
    none: 'No cases in this period.',
    rows: (n) => `${n} row${n === 1 ? '' : 's'}; every figure leads to its cases`,
  },
}
