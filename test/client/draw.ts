// A part of a page drawn alone, in the words it is given, as a page would have it: with a context around it that goes nowhere.

import { render } from '@testing-library/svelte'
import type { Component } from 'svelte'
import { PAGE_CONTEXT, type PageContext } from '../../client/frame/context.ts'
import { Places } from '../../client/frame/places.ts'
import type { Words } from '../../client/i18n/words.ts'

/** A page that was opened at this query, and nowhere else. */
export const pageOf = (t: Words, over: Partial<PageContext> = {}): PageContext => ({
  t,
  lang: t.lang,
  path: '/',
  search: '',
  actor: '',
  health: null,
  now: null,
  bar: [],
  places: new Places(),
  returning: null,
  toPrint: new Set(),
  go: () => undefined,
  refine: () => undefined,
  switchLang: () => undefined,
  ...over,
})

/** @param t the words it is drawn in; the rest are its own properties */
// biome-ignore lint/suspicious/noExplicitAny: the properties of any part
export const draw = <P extends Record<string, any>>(
  part: Component<P>,
  { t, ...props }: P & { t: Words },
  over: Partial<PageContext> = {},
) =>
  render(part as Component, {
    props: props as Record<string, unknown>,
    context: new Map([[PAGE_CONTEXT, pageOf(t, over)]]),
  })
