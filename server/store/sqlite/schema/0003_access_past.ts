// The file of access rows, third version: whether a key of a source may declare a past record (I8).

export const ACCESS_0003 = `
ALTER TABLE access_key ADD COLUMN declares_past INTEGER NOT NULL DEFAULT 0;
`
