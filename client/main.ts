// The client's front door: loads the type face, the tokens and the words, takes a key out of the address, mounts the pages.
// Knows nothing of cases or cards.

import '@fontsource-variable/noto-sans-sc/index.css'
import './frame/tokens.css'
import './frame/base.css'
import { mount } from 'svelte'
import App from './App.svelte'
import { langOf, loadWords } from './i18n/words.ts'
import { keptKey, takeKey } from './lib/key.ts'
import { keptOf, markOf } from './lib/memory.ts'
import { placeOf } from './pages.ts'

takeKey(window)

const { lang } = keptOf(localStorage, markOf(keptKey(localStorage)))
const target = document.getElementById('app')
if (target) {
  // the page is fetched beside its words, not after them; where it cannot be had, App says so
  placeOf(location.pathname)
    .entry.load()
    .catch(() => null)
  const words = await loadWords(langOf(location.search, lang))
  mount(App, { target, props: { words } })
}
