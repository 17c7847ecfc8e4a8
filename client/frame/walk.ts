// The keyboard in a list: j and k move down and up the rows, Enter opens (the browser's own), / goes to where one can type
// what is looked for, else to the first filter.
// Never takes a key from somebody who is typing.

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLInputElement || target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement

/** What is typed into, before what is chosen from a list. */
const filterOf = (node: HTMLElement): HTMLElement | null =>
  node.querySelector<HTMLElement>('form.filters input:not([type="date"])') ??
  node.querySelector<HTMLElement>('[data-filter]')

/** Attach to an element that holds rows, each with one main link marked `data-row`. */
export const walkRows = (node: HTMLElement): (() => void) => {
  const step = (by: number): void => {
    const rows = [...node.querySelectorAll<HTMLElement>('[data-row]')]
    const at = document.activeElement instanceof HTMLElement ? rows.indexOf(document.activeElement) : -1
    const next = rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by))]
    next?.focus()
    next?.scrollIntoView({ block: 'nearest' })
  }
  const press = (event: KeyboardEvent): void => {
    if (typing(event.target) || event.metaKey || event.ctrlKey || event.altKey) return
    if (event.key === 'j') step(1)
    else if (event.key === 'k') step(-1)
    else if (event.key === '/') filterOf(node)?.focus()
    else return
    event.preventDefault()
  }
  window.addEventListener('keydown', press)
  return () => window.removeEventListener('keydown', press)
}
