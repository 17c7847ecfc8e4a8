// A progress line on a terminal's error stream, and nothing where none looks.

export const progress = (what: string): { at(n: number): void; end(): void } => {
  const shown = process.stderr.isTTY
  return {
    at(n) {
      if (shown) process.stderr.write(`\r${what} ${n.toLocaleString('en')}`)
    },
    end() {
      if (shown) process.stderr.write('\n')
    },
  }
}
