// The official record hook over events of commits that are on a server: prints seconds and the peak of its memory in bytes.
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
const require = createRequire(process.cwd() + '/')
const { FlatfileListener, EventDriver } = require('@flatfile/listener')
const { bulkRecordHook } = require('@flatfile/plugin-record-hook')

const events = readFileSync(process.argv[2], 'utf8').trim().split('\n').map((line) => JSON.parse(line))
let seen = 0
const listener = new FlatfileListener()
listener.use(bulkRecordHook('bench', (records) => {
  for (const record of records) {
    seen++
    const number = record.get('f4')
    if (number % 10 === 0) record.set('f1', record.get('f1').toUpperCase())
    if (number % 100 === 0) record.addError('f4', 'A hundred is not taken.')
  }
  return records
}, { chunkSize: 1_000_000 }))
const driver = new EventDriver()
listener.mount(driver)
const say = console.log
console.log = () => {}
const started = performance.now()
for (const event of events) {
  await driver.handler.dispatchEvent(event)
}
say(JSON.stringify({ seconds: (performance.now() - started) / 1000, peakBytes: process.resourceUsage().maxRSS * 1024, rows: seen }))
process.exit(0)
