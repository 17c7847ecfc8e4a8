// Steps of case numbers (I11): a source's become its own or shared again, a number of several items is one case or doubtful,
// a joining is asked for by a source and decided by a person.

import { readProposals } from '../../server/supervision/proposals.ts'
import { load, one, type WalkStep } from './walker.ts'

const SOURCES = ['east', 'west'] as const

export const numbering: WalkStep = {
  name: 'numbering',
  weight: 3,
  async take(walker) {
    const source = one(walker, SOURCES) ?? 'east'
    const numbers = walker.random() < 0.6 ? 'own' : 'shared'
    await load(walker, { catalogue: '编号', valid_from: '2024-01-01', sources: [{ source, name: source, numbers }] })
    return `${source} ${numbers}`
  },
}

export const oneCase: WalkStep = {
  name: 'one case',
  weight: 3,
  async take(walker) {
    const projectNo = one(walker, walker.cases)
    if (projectNo === undefined) return null
    const asked = { projectNo, oneCase: walker.random() < 0.6, by: 'sup1', why: '核实' }
    const told = await walker.house.supervisor.sayOneCase(asked)
    if (!('refused' in told)) walker.count('doubt settled')
    return `${projectNo} ${JSON.stringify(told)}`
  },
}

export const proposing: WalkStep = {
  name: 'propose',
  weight: 3,
  async take(walker) {
    const { supervisor } = walker.house
    const waiting = one(walker, await readProposals(walker.disk.store))
    if (waiting !== undefined && walker.random() < 0.7) {
      const asked = { proposal: waiting.seq, accept: walker.random() < 0.6, by: 'sup1', why: '核实' }
      const told = await supervisor.decide(asked)
      if (!('refused' in told)) walker.count(`proposal ${told.state}`)
      return `decide ${waiting.seq} ${JSON.stringify(told)}`
    }
    const [alias, home] = [one(walker, walker.cases), one(walker, walker.cases)]
    if (alias === undefined || home === undefined) return null
    const step = { alias, home, joined: walker.random() < 0.8, source: 'east' }
    return `${JSON.stringify(step)} ${JSON.stringify(await supervisor.propose(step, { by: 'east', why: '同一件' }))}`
  },
}
