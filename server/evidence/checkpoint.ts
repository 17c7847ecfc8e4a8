// A signed checkpoint of the tree: the text of C2SP tlog-checkpoint inside a C2SP signed note, with Ed25519.
//   origin ⏎ size ⏎ base64(root) ⏎ [hash sm3 ⏎] [chain commit base64(link) ⏎] ⏎ — name base64(key id ‖ signature) ⏎
// The tree holds the entries; the chain's link holds every step up to its commit as well.
// Whoever keeps one can show later that nothing before it was changed, even by who holds the database. Rule: A4.

import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { HASH_BYTES, type HashName } from './digest.ts'

export interface Checkpoint {
  readonly origin: string
  readonly size: number
  readonly root: Uint8Array
  readonly hash: HashName
  /** The last commit and its link; null: the note names none. */
  readonly chain: { readonly commit: number; readonly link: Uint8Array } | null
}

const ED25519 = 0x01
const KEY_ID_BYTES = 4
const EXTENSION = 'hash '
const CHAIN = 'chain '

/** The first four bytes of SHA-256(name ⏎ type ‖ public key), as signed notes name a key. */
function keyId(name: string, key: KeyObject): Buffer {
  const jwk = createPublicKey(key.export({ type: key.type === 'private' ? 'pkcs8' : 'spki', format: 'pem' })).export({
    format: 'jwk',
  })
  const raw = Buffer.from(jwk.x ?? '', 'base64url')
  const id = createHash('sha256').update(`${name}\n`).update(Buffer.of(ED25519)).update(raw)
  return id.digest().subarray(0, KEY_ID_BYTES)
}

function textOf(point: Checkpoint): string {
  const root = Buffer.from(point.root).toString('base64')
  const extension = point.hash === 'sha256' ? '' : `${EXTENSION}${point.hash}\n`
  const { chain } = point
  const end = chain === null ? '' : `${CHAIN}${chain.commit} ${Buffer.from(chain.link).toString('base64')}\n`
  return `${point.origin}\n${point.size}\n${root}\n${extension}${end}`
}

/** The note, signed by `privateKey` (Ed25519) under `name` (no spaces, no plus sign). */
export function signCheckpoint(point: Checkpoint, name: string, privateKey: KeyObject): string {
  const text = textOf(point)
  const signature = Buffer.concat([keyId(name, privateKey), sign(null, Buffer.from(text), privateKey)])
  return `${text}\n— ${name} ${signature.toString('base64')}\n`
}

function chainOf(lines: readonly string[]): Checkpoint['chain'] {
  const [commit, link = ''] =
    lines
      .find((line) => line.startsWith(CHAIN))
      ?.slice(CHAIN.length)
      .split(' ') ?? []
  return commit === undefined ? null : { commit: Number(commit), link: Buffer.from(link, 'base64') }
}

function parseText(text: string): Checkpoint | null {
  const [origin, size, root, ...more] = text.split('\n')
  if (!origin || size === undefined || root === undefined || !/^(0|[1-9]\d*)$/.test(size)) return null
  const bytes = Buffer.from(root, 'base64')
  if (bytes.length !== HASH_BYTES || bytes.toString('base64') !== root) return null
  const hash = more.find((line) => line.startsWith(EXTENSION))?.slice(EXTENSION.length) ?? 'sha256'
  return hash === 'sha256' || hash === 'sm3'
    ? { origin, size: Number(size), root: bytes, hash, chain: chainOf(more) }
    : null
}

/** The checkpoint of a note if the key of this name signed it; else null. */
export function openCheckpoint(note: string, name: string, publicKey: KeyObject): Checkpoint | null {
  const cut = note.lastIndexOf('\n\n')
  if (cut < 0) return null
  const text = note.slice(0, cut + 1)
  const line = note
    .slice(cut + 2)
    .split('\n')
    .find((each) => each.startsWith(`— ${name} `))
  if (line === undefined) return null
  const bytes = Buffer.from(line.slice(`— ${name} `.length), 'base64')
  if (!bytes.subarray(0, KEY_ID_BYTES).equals(keyId(name, publicKey))) return null
  const signed = verify(null, Buffer.from(text), publicKey, bytes.subarray(KEY_ID_BYTES))
  return signed ? parseText(text) : null
}
