// A checkpoint as a file to be kept outside the data folder (A4): a signed note of where the ledger stands. The key that signs
// lies in the data folder, its owner's alone, made at the first note; its public half is printed to be kept with the note,
// for whoever writes a ledger anew can make a new key as well.

import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Checkpoint, openCheckpoint, signCheckpoint } from '../evidence/checkpoint.ts'
import type { Verdict } from '../evidence/verify.ts'

const NAME = 'mingjing'
const ORIGIN = 'mingjing/ledger'

const keyFile = (folder: string): string => join(folder, 'checkpoint.key')

/** The folder's signing key, made where there is none. */
const signingKey = (folder: string): KeyObject => {
  const path = keyFile(folder)
  if (existsSync(path)) return createPrivateKey(readFileSync(path, 'utf8'))
  const { privateKey } = generateKeyPairSync('ed25519')
  writeFileSync(path, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' })
  return privateKey
}

const publicKeyOf = (folder: string, pem: string | null): KeyObject | null => {
  if (pem !== null) return createPublicKey(pem)
  return existsSync(keyFile(folder)) ? createPublicKey(readFileSync(keyFile(folder), 'utf8')) : null
}

/** The checkpoint of a note, or why it is none to go by. `pem`: the public key kept with it; null: the folder's own. */
export const readCheckpoint = (
  folder: string,
  note: string,
  pem: string | null,
): Checkpoint | { readonly refused: string } => {
  const key = publicKeyOf(folder, pem)
  if (key === null)
    return {
      refused:
        '目录中没有签名密钥，请用 --key 给出公钥 the folder has no key to check its signature by; give the public key with --key',
    }
  const point = openCheckpoint(note, NAME, key)
  return point ?? { refused: '签名不符 it is not signed by this key' }
}

/** Writes a note of where the verified ledger stands; what to tell of it. */
export const writeCheckpoint = (folder: string, path: string, { size, root, hash, chain }: Verdict): string => {
  const key = signingKey(folder)
  writeFileSync(path, signCheckpoint({ origin: ORIGIN, size, root, hash, chain }, NAME, key), { mode: 0o600 })
  const pem = createPublicKey(key).export({ type: 'spki', format: 'pem' })
  return `检查点已写入 ${path}；请与下面的公钥一起存放在本机之外。 The checkpoint is in ${path}; keep it, with this public key, somewhere else.\n${pem}`
}
