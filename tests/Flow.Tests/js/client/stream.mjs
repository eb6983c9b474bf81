// The stream of events on a bad line: nothing is missed, nothing comes twice, and the order stays.
import { check, group } from '../support/checks.mjs'
import { listening } from '../support/listening.mjs'
import { api, environmentId, until } from '../support/server.mjs'

await group('a line that breaks', async () => {
  const { data: space } = await api.spaces.create({ name: 'Streamed', environmentId })
  const listener = await listening()
  const titles = Array.from({ length: 60 }, (_, i) => `document ${i}`)
  const made = []
  for (const [at, title] of titles.entries()) {
    if (at % 7 === 3) listener.driver.cut()
    made.push((await api.documents.create(space.id, { title, body: '.' })).data.id)
  }
  await until('all events', () => listener.got('document:created').length >= titles.length)
  check('every event arrives once, in order', listener.got('document:created').map((event) => event.context.documentId), made)
  const { data: listed } = await api.events.list({ spaceId: space.id, topic: 'document:created', includeAcknowledged: true, pageSize: 100 })
  check('and is the event the list has', listener.got('document:created').map((event) => event.src?.id ?? event.id).sort(), listed.map((event) => event.id).sort())
  await listener.stop()
})

await group('who may not read', async () => {
  const answer = await fetch(`${process.env.FLATFILE_API_URL}/v1/events/stream?environmentId=${environmentId}`, { headers: { Authorization: 'Bearer sk_nobody' } })
  check('the stream is refused', answer.status, 401)
})
process.exit()
