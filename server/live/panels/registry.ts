// The panels that ship: a member of `Board` each, in the order of a snapshot. A further one is a file beside these and a line
// here; what is drawn of it, compared, patched and asked for by name follows.

import type { Board } from '../../contract/live.ts'
import { cards } from './cards.ts'
import { centre } from './centre.ts'
import { day } from './day.ts'
import { figures } from './figures.ts'
import { forecast } from './forecast.ts'
import { hours } from './hours.ts'
import type { AnyPanel, Panel } from './panel.ts'
import { sources } from './sources.ts'
import { tiles } from './tiles.ts'

type Shipped = { readonly [Name in keyof Board]: Panel<Board[Name]> }

const SHIPPED: Shipped = { centre, day, figures, hours, forecast, sources, tiles, cards }

export const PANELS: readonly AnyPanel[] = Object.values(SHIPPED)
