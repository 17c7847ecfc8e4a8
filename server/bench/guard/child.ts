// Children of a benchmark: this same command in a process of its own, started, asked, ended by its number. What is measured
// must not share a thread with what measures, nor with what loads it.

import { type ChildProcess, spawn } from 'node:child_process'

export interface Child {
  readonly process: ChildProcess
  /** Sends it a word and resolves with the answer; one at a time. Rejects when it ends before. */
  ask<T>(word: string | number): Promise<T>
  /** What it says next by itself. */
  hear<T>(): Promise<T>
  /** SIGTERM, then SIGKILL where it does not end; resolves when it is gone. */
  end(): Promise<void>
}

const LAST_MS = 8_000

const gone = (child: ChildProcess): Promise<void> =>
  new Promise((done) => {
    if (child.exitCode !== null || child.signalCode !== null) done()
    else child.once('exit', () => done())
  })

/** Starts `mingjing` with these words, as this process was started. */
export const startOwn = (words: readonly string[]): Child => {
  const [, entry = ''] = process.argv
  const child = spawn(process.execPath, [...process.execArgv, entry, ...words], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  return childOf(child, words.join(' '))
}

/** A process that was started with a channel; `name` is how it is called where it ends too early. */
export const childOf = (child: ChildProcess, name: string): Child => {
  const hear = <T>(): Promise<T> =>
    new Promise((done, fail) => {
      const lost = (code: number | null): void => fail(new Error(`${name} ended (${code})`))
      child.once('exit', lost)
      child.once('message', (message) => {
        child.removeListener('exit', lost)
        done(message as T)
      })
    })
  return {
    process: child,
    hear,
    ask(word) {
      const answer = hear<never>()
      child.send(word)
      return answer
    },
    async end() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
      const hard = setTimeout(() => child.kill('SIGKILL'), LAST_MS)
      await gone(child)
      clearTimeout(hard)
    },
  }
}

const URL_SAID = /http:\/\/[\d.]+:\d+/

/** Resolves with the address a server says it listens on; rejects with its last words when it ends before. */
export const addressOf = ({ process: child }: Child): Promise<string> =>
  new Promise((done, fail) => {
    let said = ''
    const hear = (chunk: Buffer): void => {
      said += chunk.toString('utf8')
      const url = URL_SAID.exec(said)?.[0]
      if (url !== undefined) done(url)
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    child.once('error', fail)
    child.once('exit', (code) => fail(new Error(`the server ended (${code}):\n${said}`)))
  })
