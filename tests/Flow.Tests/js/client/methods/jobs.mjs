// Jobs: the whole life, plans, parts, and the jobs the server runs itself.
import { call, idOf, refused, refuses, same } from '../../support/walk.mjs'
import { until } from '../../support/server.mjs'

export async function jobs(spaceId, fileId, { workbookId, peopleId, countriesId }) {
  const create = (config) => call('jobs.create', { type: 'workbook', source: workbookId, ...config })
  const sent = { operation: 'count', trigger: 'manual', mode: 'foreground', input: { how: ['fast'] }, metadata: { a: 1 }, subject: { type: 'collection', resource: 'records', query: { filter: 'all' } } }
  const job = await create(sent)
  same('jobs.create', 'what was sent', job && ['operation', 'trigger', 'mode', 'input', 'metadata', 'subject', 'status'].map((key) => job[key]), ['count', 'manual', 'foreground', sent.input, sent.metadata, sent.subject, 'created'])
  await call('jobs.execute', job.id)
  same('jobs.execute', 'status after', (await call('jobs.get', job.id))?.status, 'ready')
  const acknowledged = await call('jobs.ack', job.id, { info: 'Working', progress: 33 })
  same('jobs.ack', 'status, info, progress', acknowledged && [acknowledged.status, acknowledged.info, acknowledged.progress], ['executing', 'Working', 33])
  const updated = await call('jobs.update', job.id, { progress: 66, info: 'Still', metadata: { b: 2 } })
  same('jobs.update', 'progress, info and metadata', updated && [updated.progress, updated.info, updated.metadata], [66, 'Still', { b: 2 }])
  const outcome = { acknowledge: true, heading: 'Done', message: 'Counted', buttonText: 'Go', trigger: 'manual', next: { type: 'id', id: workbookId, label: 'Open' } }
  const completed = await call('jobs.complete', job.id, { info: 'Ended', outcome })
  same('jobs.complete', 'status, info, progress', completed && [completed.status, completed.info, completed.progress], ['complete', 'Ended', 100])
  const { message, next } = (await call('jobs.get', job.id))?.outcome ?? {}
  same('jobs.complete', 'outcome', [message, next], ['Counted', outcome.next])
  same('jobs.ackOutcome', 'outcomeAcknowledgedAt is there', (await call('jobs.ackOutcome', job.id))?.outcomeAcknowledgedAt instanceof Date, true)

  const failing = await create({ operation: 'fail', trigger: 'immediate' })
  same('jobs.create', 'status of an immediate one', failing?.status, 'ready')
  await call('jobs.ack', failing.id)
  same('jobs.fail', 'status', (await call('jobs.fail', failing.id, { info: 'Broken', outcome: { message: 'It broke' } }))?.status, 'failed')
  same('jobs.retry', 'status', (await call('jobs.retry', failing.id))?.status, 'ready')
  same('jobs.cancel', 'status', (await call('jobs.cancel', failing.id, { info: 'No more' }))?.status, 'canceled')
  await call('jobs.delete', failing.id)
  await refused('jobs.get', 404, failing.id)

  same('jobs.list', 'of the workbook', (await call('jobs.list', { workbookId, sortDirection: 'asc', pageSize: 50 }))?.map((one) => one.operation), ['count'])
  same('jobs.list', 'page two of one each', (await call('jobs.list', { spaceId, pageSize: 1, pageNumber: 99 })), [])
  await plans(fileId, workbookId, peopleId, countriesId)
  await parts(create)
  await ownWork(workbookId, countriesId)
}

async function plans(fileId, workbookId, peopleId, countriesId) {
  const job = await call('jobs.create', { type: 'workbook', operation: 'map', source: workbookId, destination: workbookId, config: { sourceSheetId: countriesId, destinationSheetId: peopleId }, input: { isAutomap: true } })
  const ready = job && await until('the mapping job to have a plan', async () => {
    const found = await call('jobs.get', idOf(job, 'us_jb_'))
    return found?.status === 'planning' ? found : undefined
  }, 5).catch(() => undefined)
  if (job) same('jobs.getExecutionPlan', 'status of the mapping job', ready?.status, 'planning')
  const jobId = idOf(job, 'us_jb_')
  const plan = (await call('jobs.getExecutionPlan', jobId))?.plan
  const source = (key) => ({ key, type: 'string', label: key })
  const fieldMapping = [{ sourceField: source('iso'), destinationField: source('code') }, { sourceField: source('title'), destinationField: source('name') }]
  await call('jobs.updateExecutionPlan', jobId, { fileId, jobId, fieldMapping, unmappedSourceFields: [], unmappedDestinationFields: plan?.unmappedDestinationFields ?? [] })
  await call('jobs.updateExecutionPlanFields', jobId, { fileId, jobId, fieldMapping: fieldMapping.slice(1) })
  const changed = (await call('jobs.getExecutionPlan', jobId))?.plan
  if (plan) same('jobs.updateExecutionPlanFields', 'the mapping', changed?.fieldMapping.map((edge) => [edge.sourceField.key, edge.destinationField.key]), [['title', 'name']])
  await call('jobs.cancel', jobId)
}

async function parts(create) {
  const parent = await create({ operation: 'split-me', trigger: 'immediate' })
  await call('jobs.ack', parent.id)
  const split = await call('jobs.split', parent.id, { parts: [{ from: 0 }, { from: 10 }], runInParallel: true })
  if (!split) return
  same('jobs.split', 'status of the parent', (await call('jobs.get', parent.id))?.status, 'waiting')
  const children = await call('jobs.list', { parentId: parent.id })
  same('jobs.split', 'the parts', children?.map((child) => [child.part, child.partData, child.parentId === parent.id, child.status]).sort((a, b) => a[0] - b[0]), [[0, { from: 0 }, true, 'ready'], [1, { from: 10 }, true, 'ready']])
  for (const child of children ?? []) await call('jobs.complete', child.id)
  same('jobs.list', 'without parts', (await call('jobs.list', { excludeChildJobs: true, pageSize: 100 }))?.some((one) => one.parentId), false)
}

/** Deleting and changing by job, which the server does without a listener. */
async function ownWork(workbookId, sheetId) {
  await call('records.insert', sheetId, ['AA', 'BB', 'CC'].map((iso) => ({ iso: { value: iso } })))
  const rows = (await call('records.get', sheetId, { searchField: 'title', searchValue: '""' }))?.records ?? []
  const config = { sheet: sheetId, filter: 'none', exceptions: rows.map((row) => row.id) }
  const job = await call('jobs.create', { type: 'workbook', operation: 'delete-records', trigger: 'immediate', source: workbookId, config })
  const ended = await until('the server to delete the records', async () => {
    const found = await call('jobs.get', idOf(job, 'us_jb_'))
    return found?.status === 'complete' || found?.status === 'failed' ? found : undefined
  }, 5).catch(() => undefined)
  same('jobs.create', 'status of delete-records in the end', ended?.status, 'complete')
  same('jobs.create', 'rows after delete-records', (await call('records.get', sheetId))?.records.map((row) => row.values.iso.value).sort(), ['DE', 'FR', 'JP'])
  // A mutation is a script, and this server runs none: it says so instead of answering no difference.
  await refuses('jobs.previewMutation', 400, { sheetId, mutateRecord: 'record.set("title", record.get("iso"))' })
}
