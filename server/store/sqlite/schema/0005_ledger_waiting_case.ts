// What waits of a case is found by its number (I15): its page says so beside what its facts make of it.

export const LEDGER_0005 = `
CREATE INDEX quarantine_project ON quarantine (project_no, id) WHERE project_no IS NOT NULL;
`
