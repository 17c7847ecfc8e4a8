// English: the words of a card's own page, of people's moves on it, and of the proposal of tacit approval. Same keys as
// the Chinese, held by the type.

import type { zhCards } from '../zh/cards.ts'

export const enCards: typeof zhCards = {
  cardSheet: {
    missing: 'There is no such card.',
    missingWhy: 'The name may be mistyped. A card is never deleted; look for it in the list of cards.',
    subject: {
      case: 'Case',
      window: 'Window',
      operator: 'Operator',
      post: 'Post',
      source: 'Source',
      code: 'Code',
    },
    department: 'Department',
    item: 'Item',
    holder: 'Answers',
    measured: 'Measured against',
    limitAt: 'Limit passed',
    limitAtWhy: 'as reckoned by the clock, whenever the data came',
    raisedAt: 'Raised',
    replyDue: 'Reply due',
    noReply: 'no reply is asked for',
    replyLater: 'runs once it stands and is told',
    used: 'Used by then',
    usedOf: (used, clock, limit, late) => `${used} (${clock}: ${limit}), ${late}`,
    legal: 'Legal basis',
    explained: 'The reckoning when it was raised',
    explainedAt: (at) => `as known at ${at}`,
    noClock: 'This card comes from no clock; there is no limit to explain.',
    history: 'History',
    historyHead: { at: 'When', move: 'Move', state: 'To', by: 'Who', why: 'Why' },
    waits: {
      provisional: 'waits for the calendar',
      source: 'waits for the source',
      contested: 'sources differ',
      person: 'waits for a person',
    },
    waitsFor: 'What it waits for',
    waitsLong: {
      provisional:
        'The due date lies past the published calendar and was reckoned by weekends alone. It is judged again when the next notice is loaded; until then it is neither told nor counted.',
      source: (source, until) =>
        `Source ${source} delivers in batches and its data may be on the way. It waits for the delivery${until === '' ? '' : `, until ${until} at the latest`}: facts that prove it in time lift the card; without them it stands and is told. Until then it is neither told nor counted, and its instant stays.`,
      contested:
        'Sources tell the same step differently, and only one version gives this card: look into it and confirm or decline. Until then it is neither told nor counted.',
      person:
        'Cards of this rule are checked by a named person: confirming tells the holder and counts it, declining withdraws it.',
    },
    signed: 'signed',
    liftAsked: (at) => `To be lifted, since ${at}.`,
    liftUntil: (by) =>
      `Had the following come earlier, this card would not stand. It came later than its source usually does, and so lifts nothing by itself: the card stands and counts until somebody decides, by ${by}.`,
    liftDecided: {
      lift: 'Somebody has lifted it; the reason is in its history.',
      keep: 'Somebody has kept it: the same is not asked again, something further is.',
    },
    liftKind: {
      fact: 'a late event',
      void: 'a void or correction',
      alias: 'numbers joined or parted',
      numbers: 'numbers declared shared, own or of one case',
      withdrawal: 'an import withdrawn',
      clock: 'reckoned again',
    },
    proposals: 'Proposals to sign',
  },

  moves: {
    title: 'Act on it',
    why: 'Reason',
    meaning: {
      confirm: 'Confirm: the card stands, its holder is told, it counts.',
      decline: 'Decline: the card is withdrawn and does not count; the reason is kept.',
      explain: 'Explain: enters the answer of the holder; the reply clock stops.',
      close: 'Close: the card is done with; it still counts.',
      close_overdue:
        'Its case is in hand and overdue. To close the card all the same press again; its history will say so.',
      lift: 'Lift: what is listed holds, the card is withdrawn and counts no more.',
      keep: 'Keep: the card stands as it stood; the reason is kept.',
    },
    do: {
      confirm: 'Confirm',
      decline: 'Decline',
      explain: 'Enter the answer',
      close: 'Close',
      close_overdue: 'Overdue still: close',
      lift: 'Lift',
      keep: 'Keep',
    },
  },

  proposal: {
    title: 'Proposal of tacit approval',
    to: (no) => `Case ${no}`,
    facts: 'Facts',
    item: 'Item',
    department: 'Department',
    accepted: 'Accepted',
    promiseDue: 'Promise due',
    urged: 'Urged',
    urgedBy: (at, who) => `${at}, by ${who}`,
    answerBy: 'Answer due',
    standing: 'Standing',
    undecided: 'the answer is overdue and nothing has been decided',
    decidedAt: (at) => `decided at ${at}; this proposal is no longer signed and stays on record`,
    liability: 'Liability record',
    liabilityWhy: 'who held the case when the promise passed',
    liable: { department: 'Department', window: 'Window', operator: 'Operator' },
    noWindow: 'back office, no window reported',
    noOperator: 'no operator reported',
    rule: 'Local rule cited',
    meaning: 'What signing means',
    nothing:
      'Mingjing states facts and reckons limits. It grants nothing and decides in the place of no authority. Before a named person signs, this proposal has no effect.',
    signing:
      'To sign is to say: the signer has checked the facts and the liability record above, agrees to treat this case as tacitly approved under the local rule cited, and answers for it. The licence itself is issued by the competent authority; the clocks of the case run on and no card is withdrawn. Name, reason and time of signing are entered in the ledger and cannot be changed.',
    declining: 'To decline withdraws this proposal and keeps the reason; clocks and other cards go on as before.',
    name: 'Name of the signer',
    reason: 'Reason',
    sign: 'Sign',
    decline: 'Decline',
    signedBy: 'Signed by',
    signedAt: 'Signed at',
    signedFor: 'Reason',
    enteredBy: 'entered by',
    declined: 'Declined',
    declinedBy: 'Declined by',
    waiting: 'It cannot be signed yet: ',
    paper: { sign: 'Signature:', date: 'Date:' },
  },
}
