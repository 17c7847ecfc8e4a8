// The client's front door: loads the type face and the tokens, takes a key out of the address, mounts the pages.
// Knows nothing of cases or cards.

import '@fontsource-variable/noto-sans-sc/index.css'
import './base.css'
import { mount } from 'svelte'
import App from './App.svelte'
import { takeKey } from './lib/key.ts'

takeKey(window)

const target = document.getElementById('app')
if (target) mount(App, { target })
