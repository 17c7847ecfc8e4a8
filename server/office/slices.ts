// The row of long work, for the doors (I5): what takes long is done in pieces, with everybody else's turn in between.

export { openSlices, type Slices } from '../supervision/slices.ts'
