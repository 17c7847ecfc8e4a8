// What does not fit into a law, with its place. A law with a fault is never built; the former one stays in force.

export class LawError extends Error {
  readonly at: string
  constructor(at: string, message: string) {
    super(`${at}: ${message}`)
    this.at = at
  }
}
