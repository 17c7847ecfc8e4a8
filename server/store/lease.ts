// Who may write a ledger (A6). A writer takes a lease; each batch says under which claim it was planned: of which ledger, in
// which epoch, after which commit. Store and claim are compared within the committing transaction, for a lease may be lost
// between two turns of a line that knows nothing of it; a batch whose claim does not hold is answered *lost*, and
// nothing of it is written. The file's own lock keeps a second writer out where a file system keeps locks.

/** What a writer holds: its ledger, its epoch, and the last commit when it was asked. */
export interface Lease {
  readonly ledger: string
  readonly epoch: number
  readonly commit: number
}

/** Under what a batch was planned: it follows on the commit `expectedCommit`, and on nothing else. */
export interface Claim {
  readonly ledger: string
  readonly epoch: number
  readonly expectedCommit: number
}

/**
 * Why a batch was not written: it is of another ledger; another writer has taken the lease; or the ledger stands at another
 * commit, as where a batch before it failed.
 */
export interface Lost {
  readonly lost: 'ledger' | 'lease' | 'commit'
}

export const isLost = (answer: object): answer is Lost => 'lost' in answer

/** The one ledger of a store of today. */
export const LEDGER = 'ledger'

/** Of a file that is nobody else's: a new one, a scratch one. Its claims are compared with nothing. */
export const ownLease = async (): Promise<Lease> => ({ ledger: LEDGER, epoch: 0, commit: 0 })

/** One writer's side of a lease. It is taken with the writer's first commit: opening a ledger writes nothing. */
export class Holding {
  #epoch = 0
  #isTaken = false

  /** @param marked epoch that the store is marked with */
  lease(marked: number, commit: number): Lease {
    if (!this.#isTaken) this.#epoch = marked + 1
    return { ledger: LEDGER, epoch: this.#epoch, commit }
  }

  /** Whether a claim holds against what the store says within the transaction; null: it does. */
  refusal(
    { ledger, epoch, expectedCommit }: Claim,
    stored: { readonly marked: number; readonly commit: number },
  ): Lost | null {
    if (ledger !== LEDGER) return { lost: 'ledger' }
    if (epoch !== this.#epoch || stored.marked !== (this.#isTaken ? epoch : epoch - 1)) return { lost: 'lease' }
    return expectedCommit === stored.commit ? null : { lost: 'commit' }
  }

  /** The epoch with which the store is to be marked in this very transaction; null: it is marked already. */
  get toMark(): number | null {
    return this.#isTaken ? null : this.#epoch
  }

  /** The commit that marked it has landed. */
  taken(): void {
    this.#isTaken = true
  }
}
