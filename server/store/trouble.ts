// What can be wrong with a store, each under a stable code, so that the front doors can say it in one sentence (A6).

export type StoreCode =
  | 'writer_locked'
  | 'store_missing'
  | 'store_folder'
  | 'store_version'
  | 'store_format'
  /** A newer engine judged it. */
  | 'store_engine'
  | 'ledger_gone'
  /** A former ledger is to be upgraded, and the disk has no room for the new file. */
  | 'upgrade_no_room'
  /** Another process upgrades it. */
  | 'upgrade_running'
  /** Another process reads the former ledger. */
  | 'upgrade_busy'
  /** The former ledger is not as it was sealed. */
  | 'upgrade_damaged'
  /** Something in the former ledger cannot be taken over. */
  | 'upgrade_failed'
  | 'store_unsafe'
  | 'store_corrupt'
  | 'store_full'
  | 'store_broken'
  /** Nothing was checked: there is no room for what checking writes. It says nothing of the store. */
  | 'check_no_room'
  /** Planned on a batch that failed: not written either. */
  | 'store_dropped'
  /** Another writer has taken the lease of the ledger, or it is another ledger. */
  | 'lease_lost'
  | 'clock_backwards'
  | 'chain_mismatch'

export class StoreError extends Error {
  override readonly name = 'StoreError'
  readonly code: StoreCode

  constructor(code: StoreCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
  }
}
