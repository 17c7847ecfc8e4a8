// Said by the supervisor when its queue is full (I5): nothing of what was handed over has been taken.
// The front door turns it into 503 with Retry-After; it is not a fault and is not logged as one.

export class Busy extends Error {
  /** Real seconds after which trying again makes sense. */
  readonly retryAfterS: number
  constructor(retryAfterS = 1) {
    super('the intake queue is full')
    this.name = 'Busy'
    this.retryAfterS = retryAfterS
  }
}

/** Said when the line is closed, or closing: nothing of what was handed over has been taken. */
export class Stopping extends Error {
  constructor() {
    super('the supervisor is closed')
    this.name = 'Stopping'
  }
}
