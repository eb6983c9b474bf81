// Events: read, raise, acknowledge, and the token of the subscription.
import { call, idOf, same } from '../../support/walk.mjs'
import { environmentId } from '../../support/server.mjs'

export async function events(spaceId) {
  const start = new Date()
  const account = (await call('accounts.getCurrent'))?.id
  const event = await call('events.create', { topic: 'space:updated', domain: 'space', context: { accountId: account, environmentId, spaceId }, payload: { from: 'walk' } })
  const id = idOf(event, 'us_evt_')
  same('events.get', 'topic and payload', await call('events.get', id).then((one) => one && [one.topic, one.payload]), ['space:updated', { from: 'walk' }])
  // Every event of the whole walk, each against its shape.
  const since = await call('events.list', { environmentId, since: new Date(0), includeAcknowledged: true })
  same('events.list', 'the new one is there', since?.some((one) => one.id === id), true)
  same('events.list', 'a page of ten', (await call('events.list', { spaceId, pageSize: 10, pageNumber: 1, includeAcknowledged: true }))?.length, 10)
  same('events.list', 'of one topic', [...new Set((await call('events.list', { spaceId, topic: 'commit:created', includeAcknowledged: true }))?.map((one) => one.topic))], ['commit:created'])
  await call('events.ack', id)
  same('events.ack', 'acknowledgedAt is there', (await call('events.get', id))?.acknowledgedAt !== undefined, true)
  same('events.ack', 'it is hidden then', (await call('events.list', { spaceId, since: new Date(start - 1) }))?.some((one) => one.id === id), false)
  await call('events.getEventToken', { scope: environmentId })
}
