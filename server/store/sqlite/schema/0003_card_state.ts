// The ledger's file, third version: cards are found by their state (C4, I13). What waits for a person or for a source is
// few among very many, and is asked for at every start and on the page of cards.

export const LEDGER_0003 = `
CREATE INDEX card_state ON card (state, id);
`
