// Whether what stands in a frame is wider than it: only then is it scrolled sideways with its first column held fast. Else
// nothing stands between its head and the top of the window, under which the head is held.

/** Attach to the frame of a table: `data-over` says so. */
export const overflows = (node: HTMLElement): (() => void) => {
  const look = (): void => {
    delete node.dataset.over
    if (node.scrollWidth > node.clientWidth + 1) node.dataset.over = ''
    // what is scrolled can be scrolled by keyboard
    if (node.dataset.over === undefined) node.removeAttribute('tabindex')
    else node.tabIndex = 0
  }
  look()
  if (typeof ResizeObserver === 'undefined') return () => undefined
  const sized = new ResizeObserver(look)
  sized.observe(node)
  const [table] = node.children
  if (table) sized.observe(table)
  return () => sized.disconnect()
}
