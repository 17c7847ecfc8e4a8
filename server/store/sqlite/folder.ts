// The data folder, made and proved to be one before any file of it is opened (A6). Made a level at a time: asked to make
// a whole path where none can be, as under /proc, the runtime's own way of doing it never comes back.

import { accessSync, constants, mkdirSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { StoreError } from '../trouble.ts'
import { FOLDER_MODE } from './private.ts'

const isThere = (path: string): boolean => statSync(path, { throwIfNoEntry: false }) !== undefined

/** The folders that are not there yet, outermost first. */
const missing = (path: string): string[] =>
  isThere(path) || dirname(path) === path ? [] : [...missing(dirname(path)), path]

/** Makes the folder where it is not there. Throws StoreError `store_folder` where nothing can be written. */
export function makeFolder(folder: string): void {
  const path = resolve(folder)
  try {
    for (const each of missing(path)) if (!isThere(each)) mkdirSync(each, { mode: FOLDER_MODE })
    if (!statSync(path).isDirectory()) throw new Error('not a folder')
    accessSync(path, constants.W_OK | constants.X_OK)
  } catch (error) {
    // two processes may make it at once
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST' && statSync(path).isDirectory()) return
    const said = error instanceof Error ? error.message : String(error)
    throw new StoreError('store_folder', `${folder} cannot be made or written to (${said}).`, error)
  }
}
