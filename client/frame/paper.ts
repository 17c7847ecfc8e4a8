// What stands at the edge of every sheet that is printed: what it is, as of when, when and by whom it was printed, and which
// sheet of how many. Paper goes round without its page: it must say all of it itself.

export interface PaperWords {
  /** What the sheet is, and whose. */
  readonly title: string
  /** As of when, and who printed it. */
  readonly made: string
}

/** As a string of a style sheet. */
const quoted = (text: string): string =>
  `"${text.replace(/["\\\n\r<]/g, (each) => `\\${each.charCodeAt(0).toString(16)} `)}"`

/** Attach to a page: its sheets are as the style says while it stands. */
export const onPaper = (css: string) => (): (() => void) => {
  const style = document.createElement('style')
  style.textContent = css
  document.head.append(style)
  return () => style.remove()
}

export const paperStyle = ({ title, made }: PaperWords): string => `@page {
  @top-left { content: ${quoted(title)}; font-size: 8pt; }
  @bottom-left { content: ${quoted(made)}; font-size: 8pt; }
  @bottom-right { content: counter(page) " / " counter(pages); font-size: 8pt; }
}`
