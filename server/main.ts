// The one entry: reads the command line and runs a command. Says in one sentence what is wrong, in both languages,
// and ends with a told exit code: 0 done, 1 found something wrong, 2 asked wrongly, 3 could not.

import { buildProgram } from './cli/program.ts'
import { explainTrouble } from './cli/trouble.ts'

// whoever reads no further, as `head` does, has had enough: no trouble
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

// whatever a command writes is its owner's alone (A4): reports and spools hold what the ledger holds
process.umask(0o077)

buildProgram()
  .parseAsync(process.argv)
  .catch((error: unknown) => {
    const { text, code } = explainTrouble(error)
    process.stderr.write(`${text}\n`)
    process.exitCode = code
  })
