// The official driver follows an environment: what happens arrives, also what happens while the server restarts and the driver is away.
import { FlatfileListener } from '@flatfile/listener'
import pubsub from '@flatfile/listener-driver-pubsub'
import { api, environmentId, until } from '../support/server.mjs'

const seen = []
const listener = new FlatfileListener()
listener.on('**', (event) => { seen.push({ topic: event.topic, job: event.payload.job, id: event.src.id, spaceId: event.context.spaceId }) })
const driver = new pubsub.PubSubDriver(environmentId)
listener.mount(driver)
await driver.start()

const { data: space } = await api.spaces.create({ name: 'Followed', environmentId, autoConfigure: true })
const { data: workbook } = await api.workbooks.create({
  name: 'Contacts', spaceId: space.id, environmentId,
  sheets: [{ name: 'Contacts', slug: 'contacts', fields: [{ key: 'name', type: 'string' }] }]
})
await api.records.insert(workbook.sheets[0].id, [{ name: { value: 'Ada' } }])
await until('commit:created', () => seen.some((event) => event.topic === 'commit:created'))
const before = seen.filter((event) => event.spaceId === space.id).map((event) => event.topic)

// The test restarts the server when it sees this space, and makes jobs while the driver is still away.
const { data: restart } = await api.spaces.create({ name: 'restart', environmentId })
const jobs = () => seen.filter((event) => event.topic === 'job:ready' && event.spaceId === restart.id)
await until('ten jobs made during the restart', () => jobs().length >= 10, 90)
driver.shutdown()
console.log(JSON.stringify({
  before,
  after: jobs().map((event) => event.job),
  twice: seen.length - new Set(seen.map((event) => event.id)).size
}))
process.exit(0)
