// Lists by keyboard (U11, U12): / leads to where one can type what is looked for, a row opens what the list is of.

import { cleanup } from '@testing-library/svelte'
import { afterEach, describe, expect, it } from 'vitest'
import CardTable from '../../client/card/CardTable.svelte'
import { walkRows } from '../../client/frame/walk.ts'
import { wordsOf } from '../../client/i18n/both.ts'
import type { CardView } from '../../server/contract/api.ts'
import { lateCase } from './case.fixture.ts'
import { draw } from './draw.ts'

afterEach(cleanup)

const press = (key: string): void => {
  window.dispatchEvent(new KeyboardEvent('keydown', { key, cancelable: true }))
}

const drawn = (filters: string): { node: HTMLElement; end: () => void } => {
  const node = document.createElement('main')
  node.innerHTML = `<form class="filters">${filters}</form>`
  document.body.append(node)
  const release = walkRows(node)
  return {
    node,
    end: () => {
      release()
      node.remove()
    },
  }
}

describe('a list by keyboard', () => {
  it.each([
    ['a choice before a typed field', '<select data-filter></select><input name="q">', 'INPUT'],
    ['a day before it', '<select data-filter></select><input type="date"><input name="q">', 'INPUT'],
    ['choices alone', '<select data-filter></select>', 'SELECT'],
  ])('L5: / of %s is led to what one types into, else to the first choice [U11]', (_, filters, wanted) => {
    const { node, end } = drawn(filters)
    press('/')
    const { activeElement } = document
    expect([activeElement?.tagName, activeElement?.getAttribute('type')]).toEqual([wanted, null])
    expect(node.contains(activeElement)).toBe(true)
    end()
  })

  it('C3: a row of the list of cards opens its card; its case is a link beside it [U12]', () => {
    const card = { ...(lateCase.cards[0] as CardView), waits_for: null }
    const { container } = draw(CardTable, { t: wordsOf('zh'), cards: [card], empty: '', now: null })
    const rows = [...container.querySelectorAll('[data-row]')].map((node) => node.getAttribute('href'))
    expect(rows).toEqual([`/cards/${encodeURIComponent(card.card_id)}`])
    const links = [...container.querySelectorAll('a')].map((node) => node.getAttribute('href'))
    expect(links).toContain(`/cases/${encodeURIComponent(card.project_no ?? '')}`)
  })
})
