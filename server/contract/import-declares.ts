// What an import declares of what its file can say (I12), in words what that means. Types only.

export interface ImportDeclares {
  source: string
  /** `TYPE` and `TYPE.key`: all that its file can say. */
  sends: string[]
  zh: string
  en: string
}
