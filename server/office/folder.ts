// A data folder as somebody at the console finds it: read without the writer's lock, beside a server or without one; made,
// and kept to its owner. What can be wrong with it has a stable code (A6).

import type { Law } from '../core/law/law.ts'
import type { Records } from '../store/port.ts'
import { makeFolder } from '../store/sqlite/folder.ts'
import { type Narrowed, narrow } from '../store/sqlite/private.ts'
import { openRecords } from '../store/sqlite/records.ts'
import { StoreError } from '../store/trouble.ts'
import { lawOf } from '../supervision/laws.ts'

export type { Narrowed } from '../store/sqlite/private.ts'
export { lawOf }

export interface Found {
  readonly records: Records
  /** The law as the folder has it. */
  readonly law: Law
}

export interface Reading {
  /** One state of the store for as long as it is read, whatever is committed meanwhile. */
  readonly frozen?: boolean
}

/** Reads a folder and closes it again. Throws StoreError where nothing is there to be read. */
export const inFolder = async <T>(
  folder: string,
  read: (found: Found) => Promise<T>,
  how: Reading = {},
): Promise<T> => {
  const records = openRecords(folder, how)
  try {
    return await read({ records, law: await lawOf(records) })
  } finally {
    await records.close()
  }
}

/** Reads a folder; null: nothing is there yet. */
export const inFolderIfAny = async <T>(folder: string, read: (found: Found) => Promise<T>): Promise<T | null> => {
  try {
    return await inFolder(folder, read)
  } catch (error) {
    if (error instanceof StoreError && error.code === 'store_missing') return null
    throw error
  }
}

/** Whether an error says that something is wrong with a folder. */
export const isOfStore = (error: unknown): boolean => error instanceof StoreError

/** Makes the folder where it is not there. Throws StoreError where nothing can be written. */
export const makeDataFolder = (folder: string): void => makeFolder(folder)

/** Narrows the folder and what lies in it to its owner, and says what was wider (A4). */
export const keepToOwner = (folder: string): Narrowed => narrow(folder)
