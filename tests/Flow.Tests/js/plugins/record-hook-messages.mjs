// The official record hook: its messages arrive, and rows it leaves alone are not written again.
import { recordPuts } from '../support/recorder.mjs'

// The packages read their address when they are loaded, so the recorder comes first.
const recorder = await recordPuts(process.env.FLATFILE_API_URL)
process.env.FLATFILE_API_URL = recorder.url
process.env.AGENT_INTERNAL_URL = recorder.url
const { FlatfileClient } = (await import('@flatfile/api')).default
const { FlatfileListener } = await import('@flatfile/listener')
const { recordHook } = await import('@flatfile/plugin-record-hook')
const { EventsDriver } = await import('../support/driver.mjs')

const api = new FlatfileClient({ token: process.env.FLATFILE_BEARER_TOKEN, apiUrl: recorder.url })
const environmentId = process.env.FLATFILE_ENVIRONMENT_ID
const writeBacks = () => recorder.puts.filter((put) => put.url.includes('commitId=')).map((put) => put.rows.map((row) => Object.keys(row.values ?? {}).sort()))

const { data: space } = await api.spaces.create({ name: 'Hooked', environmentId })
const { data: workbook } = await api.workbooks.create({
  name: 'Contacts', spaceId: space.id, environmentId, settings: { trackChanges: true },
  sheets: [{ name: 'Contacts', slug: 'contacts', fields: [{ key: 'email', type: 'string' }, { key: 'name', type: 'string' }, { key: 'age', type: 'number' }] }]
})
const sheetId = workbook.sheets[0].id
const listener = new FlatfileListener()
listener.use(recordHook('contacts', (record) => {
  const email = record.get('email')
  if (email && !String(email).includes('@')) record.addError('email', 'An address has an @')
  const name = record.get('name')
  if (name && name !== String(name).trim()) record.set('name', String(name).trim())
  return record
}))
const driver = new EventsDriver(environmentId)
listener.mount(driver)
const running = driver.start()

async function settled() {
  const end = Date.now() + 60000
  for (;;) {
    const { data: open } = await api.sheets.getSheetCommits(sheetId, { completed: false })
    if (open.length === 0) return
    if (Date.now() > end) throw new Error('waited a minute for the hook to settle the commits')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

const found = {}
await api.records.insert(sheetId, [
  { email: { value: 'a@b.c' }, name: { value: 'Ada' }, age: { value: 36 } },
  { email: { value: 'nobody' }, name: { value: ' Bob ' }, age: { value: null } },
  { email: { value: null }, name: { value: 'Cleo' } }
])
await settled()
found.afterInsert = writeBacks()
const { data } = await api.records.get(sheetId)
found.rows = data.records.map((record) => ({
  name: record.values.name.value, valid: record.valid,
  messages: record.values.email.messages.map((message) => [message.type, message.message, message.source])
}))
const ids = data.records.map((record) => record.id)

recorder.puts.length = 0
await api.records.update(sheetId, [{ id: ids[0], values: { age: { value: 37 } } }])
await settled()
found.afterIdle = writeBacks()

await api.records.update(sheetId, [{ id: ids[1], values: { email: { value: 'bob@b.c' } } }])
await settled()
const { data: repaired } = await api.records.get(sheetId, { ids: [ids[1]] })
found.repaired = { valid: repaired.records[0].valid, messages: repaired.records[0].values.email.messages.length }
driver.stop()
await running
recorder.close()
console.log(JSON.stringify(found))
