// The official listener fed the same events: prints events per second for the number of listeners given.
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
const require = createRequire(process.cwd() + '/')
const { FlatfileListener } = require('@flatfile/listener')

const events = readFileSync(process.argv[2], 'utf8').trim().split('\n')
const listener = new FlatfileListener()
let called = 0
for (let i = 0; i < Number(process.argv[3]); i++) {
  const slug = i < 3 ? 'contacts' : `sheet-${i}`
  listener.on('commit:created', { sheetSlug: slug }, () => { called++ })
}
const end = performance.now() + 3000
let handled = 0
while (performance.now() < end) {
  await listener.dispatchEvent(JSON.parse(events[handled++ % events.length]))
}
console.log(JSON.stringify({ perSecond: handled / 3, called }))
