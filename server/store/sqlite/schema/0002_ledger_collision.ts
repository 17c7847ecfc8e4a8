// Cases whose number sources give several items (I11), found without reading the others. An index over what the state says,
// and no column: nothing is said twice.

export const LEDGER_0002 = `
CREATE INDEX case_collision ON cases (id) WHERE instr(state, '"collision":[{') > 0;
`
