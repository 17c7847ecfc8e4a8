// Receipts are the office's; this name of them goes with the last door that uses it.

export { eventIdOf, receiptOf } from '../office/receipt.ts'
