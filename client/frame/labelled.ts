// On a phone a row is a small sheet, and each of its cells stands under the name of its column. Rows that a page draws itself
// have that name from the head of their table.

/** Attach to a table: each cell of its body bears the name of its column as `data-label`. @param heads of the columns in order */
export const labelled =
  (heads: readonly string[]) =>
  (node: HTMLElement): (() => void) => {
    const label = (): void => {
      for (const row of node.querySelectorAll('tbody > tr'))
        for (const [i, cell] of [...row.children].entries())
          if (cell instanceof HTMLTableCellElement && cell.colSpan === 1 && heads[i]) cell.dataset.label = heads[i]
    }
    label()
    const drawn = new MutationObserver(label)
    drawn.observe(node, { childList: true, subtree: true })
    return () => drawn.disconnect()
  }
