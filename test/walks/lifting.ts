// Steps of what waits for a person (C5, T1a, I13): a late fact that would lift a told card, and the decision to lift or keep it;
// a notice of holidays, and a load taken back; a source that delivers in batches, or live again.

import { DAY, HOUR, iso, load, one, send, type Walker, type WalkStep } from './walker.ts'

/** A conclusion in time that comes when the yellow card has been told for long. */
const cure = async (walker: Walker): Promise<string | null> => {
  const { rows } = await walker.disk.store.listCards({ rule: 'T-02', state: 'notified', limit: 50 })
  const card = one(walker, rows)?.card
  if (card === undefined || card.projectNo === null) return null
  walker.n += 1
  const event = {
    event_id: `e${walker.n}`,
    event_type: 'DECIDE',
    project_no: card.projectNo,
    occurred_at: iso(card.limitAt - HOUR),
    org_code: 'D1',
    payload: { result: 'granted' },
  }
  return send(walker, 'east', event)
}

export const lifting: WalkStep = {
  name: 'lift or keep',
  weight: 6,
  async take(walker) {
    const { rows } = await walker.disk.store.listCards({ state: 'to_lift', limit: 50 })
    const card = one(walker, rows)?.card
    if (card === undefined || walker.random() < 0.3) return cure(walker)
    const move = walker.random() < 0.5 ? 'lift' : 'keep'
    const asked = { cardId: card.cardId, move, by: 'sup2', why: '核实', signedBy: '赵主任', stillOverdue: true }
    const told = await walker.house.supervisor.move(asked)
    if (!('refused' in told)) walker.count(`decided ${move}`)
    return `${move} ${card.cardId} ${JSON.stringify(told)}`
  },
}

export const notice: WalkStep = {
  name: 'notice',
  weight: 3,
  async take(walker) {
    const near = walker.house.supervisor.now() + Math.floor(walker.random() * 12 - 4) * DAY
    const days = [{ on: iso(near + 8 * HOUR).slice(0, 10), kind: walker.random() < 0.7 ? 'off' : 'work', name: '通知' }]
    await load(walker, { catalogue: '通知', valid_from: '2024-01-01', notices: [{ calendar_id: 'cn', days }] })
    return JSON.stringify(days)
  },
}

export const takingBack: WalkStep = {
  name: 'load taken back',
  weight: 2,
  async take(walker) {
    const laws = await walker.disk.store.laws()
    const bodies = laws.map(({ seq, body }) => ({ seq, body: JSON.parse(body) as Record<string, unknown> }))
    const gone = new Set(bodies.map(({ body }) => body.takes_back))
    // the first is what everything stands on
    const found = one(
      walker,
      bodies.slice(1).filter(({ seq, body }) => body.takes_back === undefined && !gone.has(seq)),
    )
    if (found === undefined) return null
    await load(walker, { catalogue: '撤回', takes_back: found.seq, why: '载错了' })
    return String(found.seq)
  },
}

export const delivering: WalkStep = {
  name: 'batch or live',
  weight: 3,
  async take(walker) {
    const mode = walker.random() < 0.7 ? { mode: 'batch', delivers_at: ['02:00'] } : { mode: 'live' }
    await load(walker, {
      catalogue: '报送',
      valid_from: '2024-01-01',
      sources: [{ source: 'west', name: '西', ...mode }],
    })
    return JSON.stringify(mode)
  },
}
