// An act of somebody at the console: through the server that runs on the folder, else alone on it (A6).

import { askServer } from '../control.ts'
import { openAlone, withKeysAlone } from '../office/alone.ts'
import { type Command, consoleHandlers } from '../office/console.ts'

type Clock = Parameters<typeof openAlone>[1]
type Alone = Awaited<ReturnType<typeof openAlone>>

const actAlone = async (
  folder: string,
  clock: Clock,
  command: Command,
  args: Record<string, unknown>,
): Promise<unknown> => {
  let open: Alone | null = null
  const supervisor = async (): Promise<Alone> => {
    open ??= await openAlone(folder, clock)
    return open
  }
  const handlers = consoleHandlers({
    keys: (does) => withKeysAlone(folder, does),
    changed: async () => undefined,
    supervisor,
  })
  try {
    return await handlers[command](args)
  } finally {
    await (open as Alone | null)?.close()
  }
}

/** Does it through the running server, else alone. */
export const act = async (
  folder: string,
  clock: Clock,
  command: Command,
  args: Record<string, unknown>,
): Promise<unknown> => {
  const answered = await askServer(folder, command, args)
  return answered === null ? actAlone(folder, clock, command, args) : answered.value
}
