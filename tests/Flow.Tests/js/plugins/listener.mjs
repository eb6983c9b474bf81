// @flatfile/listener by itself: namespaces, filters, targets, secrets and the data of an event, with the events of Spaces.
import { check, group } from '../support/checks.mjs'
import { listening } from '../support/listening.mjs'
import { api, environmentId, until } from '../support/server.mjs'

const got = {}
const note = (name) => (event) => { (got[name] ??= []).push(event) }
const listener = await listening((listener) => {
  listener.namespace('space:red', (red) => red.on('space:*', note('red')))
  listener.namespace('*:blue', (blue) => blue.on('commit:created', note('blue')))
  listener.on('commit:*', { sheetSlug: 'one' }, note('slug'))
  listener.on('commit:created', { target: 'sheet(two)' }, note('target'))
  listener.on('sheet:created', { sheet: ['one', 'three'] }, note('sheets'))
  listener.filter({ job: 'space:*' }, (jobs) => jobs.on(['job:ready', 'job:completed'], note('jobs')))
  listener.on('space:*', note('star'))
  listener.on('space:**', note('stars'))
})
const sheet = (slug) => ({ name: slug, slug, fields: [{ key: 'n', type: 'number' }] })
const { data: red } = await api.spaces.create({ name: 'Red', environmentId, namespace: 'red' })
const { data: plain } = await api.spaces.create({ name: 'Plain', environmentId })
const { data: workbook } = await api.workbooks.create({ name: 'W', spaceId: plain.id, environmentId, namespace: 'blue', sheets: ['one', 'two', 'three'].map(sheet) })
const [one, two] = workbook.sheets
const commitId = (await api.records.insert(one.id, Array.from({ length: 25 }, (_, i) => ({ n: { value: i } })))).data.commitId
await api.records.insert(two.id, [{ n: { value: 1 } }])
const { data: job } = await api.jobs.create({ type: 'space', operation: 'go', source: plain.id, trigger: 'immediate', input: { a: 1 } })
await api.jobs.complete(job.id)
await api.files.upload(new File(['x'], 'x.bin'), { spaceId: plain.id, environmentId })
await listener.waitFor('space:file:uploaded', { spaceId: plain.id })
await listener.waitFor('job:completed', { jobId: job.id })

await group('who gets what', async () => {
  check('a namespace of spaces', [...new Set(got.red.map((event) => event.context.spaceId))], [red.id])
  check('a namespace of workbooks', got.blue.map((event) => event.context.sheetId), [one.id, two.id])
  check('a filter on a slug', [...new Set(got.slug.map((event) => event.context.sheetId))], [one.id])
  check('a filter on the target', got.target.map((event) => event.context.sheetId), [two.id])
  check('a filter with several values', got.sheets.map((event) => event.context.slugs.sheet), ['one', 'three'])
  check('jobs by their name', got.jobs.map((event) => [event.topic, event.payload.job, event.payload.isPart]), [['job:ready', 'space:go', false], ['job:completed', 'space:go', false]])
  check('one star is one part of a topic', [got.star.some((event) => event.topic === 'space:file:uploaded'), got.stars.some((event) => event.topic === 'space:file:uploaded')], [false, true])
})

await group('the data of an event', async () => {
  const [event] = listener.got('commit:created', { commitId })
  check('dataUrl is relative', [event.src.dataUrl.startsWith('v1/'), event.src.dataUrl.includes('=')], [true, true])
  check('all rows of the commit', (await event.data).records.length, 25)
  check('a page of them', (await event.data({ pageSize: 10, pageNumber: 3 })).records.map((record) => record.values.n.value), [20, 21, 22, 23, 24])
  check('the shape in which a hook sees no change', (({ id, ...rest }) => Object.keys(rest).sort())((await event.data).records[0]), ['config', 'metadata', 'valid', 'values'])
  check('its payload', [typeof event.payload.trackChanges, event.payload.count], ['boolean', 25])
  const [created] = listener.got('space:created', { spaceId: red.id })
  check('without rows, data is the payload', await created.data, created.payload)
  check('namespaces of an event', [created.namespace, event.namespace], [['space:red'], ['workbook:blue']])
  check('fetch goes to the server', (await event.fetch(`v1/spaces/${plain.id}`)).name, 'Plain')
})

await group('secrets', async () => {
  await api.secrets.upsert({ name: 'WIDE', value: 'environment', environmentId })
  await api.secrets.upsert({ name: 'BOTH', value: 'environment', environmentId })
  await api.secrets.upsert({ name: 'BOTH', value: 'space', environmentId, spaceId: plain.id })
  const [event] = listener.got('commit:created', { commitId })
  check('of the environment', await event.secrets('WIDE'), 'environment')
  check('that of the space wins', await event.secrets('BOTH'), 'space')
  check('one that is not there', await event.secrets('NONE').catch((error) => error.message.includes('NONE')), true)
})

await group('writing back', async () => {
  const [event] = listener.got('commit:created', { commitId })
  const { records } = await event.data({ pageSize: 2 })
  await event.update(records.map(({ id, metadata, config }) => ({ id, metadata, config, values: { n: { value: 100, messages: [{ type: 'warn', message: 'Set', source: 'custom-logic' }] } } })))
  const { data } = await api.records.get(one.id, { ids: records.map((record) => record.id) })
  check('the rows are written', data.records.map((record) => [record.values.n.value, record.values.n.messages.map((message) => message.message)]), [[100, ['Set']], [100, ['Set']]])
  await until('the layer', () => listener.got('layer:created', { sheetId: one.id }).length > 0)
  check('no new commit:created for it', listener.got('commit:created', { sheetId: one.id }).length, 1)
  await event.fetch(event.src.callbackUrl, { method: 'POST', data: {} })
  check('the event can be acknowledged', (await api.events.get(event.src.id)).data.acknowledgedAt !== undefined, true)
})
await listener.stop()
process.exit()
