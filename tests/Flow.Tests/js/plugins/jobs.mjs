// @flatfile/plugin-job-handler and @flatfile/plugin-dedupe: jobs run to their end by a listener.
import dedupePackage from '@flatfile/plugin-dedupe'
import { jobHandler } from '@flatfile/plugin-job-handler'
import { check, group } from '../support/checks.mjs'
import { listening, rowsOf, spaceWithSheet } from '../support/listening.mjs'
import { api, until } from '../support/server.mjs'

const { dedupePlugin } = dedupePackage
const { workbookId, sheetId } = await spaceWithSheet('people', [{ key: 'email', type: 'string' }, { key: 'n', type: 'number' }], { actions: [{ operation: 'dedupe-email', label: 'Remove doubles' }] })
const listener = await listening(
  jobHandler('workbook:count', async (event, tick) => {
    await tick(50, 'half')
    return { info: 'Counted', outcome: { message: `for ${event.context.workbookId}`, heading: 'Done', next: { type: 'url', url: 'https://example.com', label: 'Go' } } }
  }),
  jobHandler({ operation: 'plain' }, async () => {}),
  jobHandler('workbook:broken', async () => { throw new Error('out of paper') }),
  dedupePlugin('dedupe-first', { on: 'email', keep: 'first' }),
  dedupePlugin('dedupe-last', { on: 'email', keep: 'last' }),
  dedupePlugin('dedupe-custom', { custom: (records) => records.filter((record) => record.values.n.value > 2).map((record) => record.id) })
)
const job = async (operation, more = {}) => (await api.jobs.create({ type: 'workbook', operation, source: workbookId, ...more })).data.id
const ended = (jobId) => until('the job to end', async () => {
  const { data } = await api.jobs.get(jobId)
  return ['complete', 'failed', 'canceled'].includes(data.status) ? data : undefined
})

await group('a job without a trigger', async () => {
  const jobId = await job('count')
  check('it waits', [(await api.jobs.get(jobId)).data.status, listener.got('job:ready', { jobId }).length], ['created', 0])
  await api.jobs.execute(jobId)
  const done = await ended(jobId)
  await listener.waitFor('job:completed', { jobId })
  check('execute raises exactly one job:ready', listener.got('job:ready', { jobId }).map((event) => event.payload.job), ['workbook:count'])
  check('its outcome is readable', [done.info, done.outcome.message, done.outcome.heading, done.outcome.next], ['Counted', `for ${workbookId}`, 'Done', { type: 'url', url: 'https://example.com', label: 'Go' }])
  check('it is done', [done.status, done.progress], ['complete', 100])
  check('its tick was told', listener.got('job:updated', { jobId }).some((event) => event.payload.info === 'half'), true)
  check('job:created comes before job:ready', order(jobId, 'job:created') < order(jobId, 'job:ready'), true)
})

await group('an immediate job', async () => {
  const jobId = await job('plain', { trigger: 'immediate', status: 'ready' })
  check('the default outcome', (await ended(jobId)).outcome.message, 'Job complete')
  check('it was ready once', listener.got('job:ready', { jobId }).length, 1)
})

await group('a handler that throws', async () => {
  const jobId = await job('broken', { trigger: 'immediate' })
  const failed = await ended(jobId)
  check('its job fails with the reason', [failed.status, failed.info, failed.outcome.message, failed.outcome.acknowledge], ['failed', 'out of paper', 'out of paper', true])
  check('job:failed names the same job', (await listener.waitFor('job:failed', { jobId })).map((event) => event.payload.job), ['workbook:broken'])
})

const rows = [['a@x', 1], ['b@x', 2], ['a@x', 3], [null, 4], [null, 5], ['b@x', 6]]
const dedupe = (operation) => group(operation, async () => {
  const old = (await api.records.get(sheetId)).data.records.map((record) => record.id)
  if (old.length > 0) await api.records.delete(sheetId, { ids: old })
  await api.records.insert(sheetId, rows.map(([email, n]) => ({ email: { value: email }, n: { value: n } })))
  const { data } = await api.jobs.create({ type: 'sheet', operation, source: sheetId, trigger: 'immediate' })
  return { job: await ended(data.id), left: (await rowsOf(sheetId)).map((row) => row.n) }
})
// An empty value counts as one for keep first, and as none for keep last.
check('dedupe keeps the first', await dedupe('dedupe-first').then((run) => [run?.job.status, run?.job.info, run?.left]), ['complete', 'Successfully removed records', [1, 2, 4]])
check('dedupe keeps the last', await dedupe('dedupe-last').then((run) => run?.left), [3, 4, 5, 6])
check('dedupe by an own rule', await dedupe('dedupe-custom').then((run) => run?.left), [1, 2])

await group('many doubles', async () => {
  await api.records.insert(sheetId, Array.from({ length: 4000 }, (_, i) => ({ email: { value: `${i % 1000}@y` }, n: { value: i } })))
  const { data } = await api.jobs.create({ type: 'sheet', operation: 'dedupe-first', source: sheetId, trigger: 'immediate' })
  const { status } = await ended(data.id)
  check('dedupe removes thousands at once', [status, (await api.sheets.getRecordCounts(sheetId)).data.counts.total], ['complete', 1002])
})

await group('records.delete', async () => {
  await api.records.delete(sheetId, { ids: (await api.records.get(sheetId)).data.records.map((record) => record.id) })
  check('deleting all ids empties the sheet', await rowsOf(sheetId), [])
  check('records:deleted is told', (await listener.waitFor('records:deleted', { sheetId })).length > 0, true)
})

await listener.stop()
process.exit()

function order(jobId, topic) {
  return listener.got(topic, { jobId })[0]?.createdAt ?? 'z'
}
