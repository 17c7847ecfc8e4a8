// The file of access rows, second version: the department whose own a key of a unit may read (A1).

export const ACCESS_0002 = `
ALTER TABLE access_key ADD COLUMN department TEXT;
`
