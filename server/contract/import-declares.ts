// What an import declares of its source (I12), in words what that means. Types only.

export interface ImportDeclares {
  source: string
  /** `TYPE` and `TYPE.key`: all that the source can send from then on. */
  sends: string[]
  zh: string
  en: string
}
