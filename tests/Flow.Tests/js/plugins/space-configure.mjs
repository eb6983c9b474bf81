// @flatfile/plugin-space-configure: a new space gets its workbooks, documents and settings from a listener.
import { configureSpace } from '@flatfile/plugin-space-configure'
import { check, group } from '../support/checks.mjs'
import { listening } from '../support/listening.mjs'
import { api, environmentId, until } from '../support/server.mjs'

const sheet = (slug) => ({
  name: `Sheet ${slug}`, slug, allowAdditionalFields: true, access: ['add', 'edit'],
  fields: [{ key: 'name', type: 'string', label: 'Name', constraints: [{ type: 'required' }] }, { key: 'team', type: 'enum', config: { options: [{ value: 'red', label: 'Red' }] } }],
  actions: [{ operation: 'check', label: 'Check', mode: 'background' }]
})
const workbook = (name) => ({ name, labels: ['primary', name], sheets: [sheet(`${name}-one`), sheet(`${name}-two`)], actions: [{ operation: 'submit', label: 'Submit', mode: 'foreground', primary: true }] })

async function configured(setup) {
  const told = []
  const listener = await listening(configureSpace(setup, async (event, workbookIds, tick) => {
    told.push([event.context.spaceId, workbookIds])
    await tick(80, 'Almost')
  }))
  const { data: space } = await api.spaces.create({ name: 'Configured', environmentId, autoConfigure: true })
  const jobId = (await listener.waitFor('job:ready', { job: 'space:configure', spaceId: space.id }))[0].context.jobId
  await listener.waitFor('job:completed', { jobId })
  const after = (await api.spaces.get(space.id)).data
  const workbooks = (await api.workbooks.list({ spaceId: space.id })).data
  await listener.stop()
  return { space: after, workbooks, told, job: (await api.jobs.get(jobId)).data, listener }
}

/** Everything sent is there; there may be more. */
const within = (actual, sent) => Array.isArray(sent) ? sent.map((item, at) => within(actual?.[at], item)) : sent && typeof sent === 'object' ? Object.fromEntries(Object.entries(sent).map(([key, item]) => [key, within(actual?.[key], item)])) : actual

await group('two workbooks in order', async () => {
  const setup = { config: { maintainWorkbookOrder: true }, workbooks: [workbook('first'), workbook('second')], documents: [{ title: 'Start here', body: '# Hello' }, { title: 'Next', body: 'There.' }] }
  const { space, workbooks, told, job, listener } = await configured(setup)
  check('the job is complete and says so', [job.status, job.info], ['complete', 'Space configured'])
  check('autoConfigure raises job:ready once', listener.got('job:ready', { jobId: job.id }).length, 1)
  const byName = (name) => workbooks.find((one) => one.name === name)
  for (const sent of setup.workbooks) {
    const found = byName(sent.name)
    check(`${sent.name}: name and labels`, [found.name, found.labels], [sent.name, sent.labels])
    check(`${sent.name}: actions`, within(found.actions, sent.actions), sent.actions)
    check(`${sent.name}: sheets`, found.sheets.map((one) => one.name), sent.sheets.map((one) => one.name))
    check(`${sent.name}: config of the first sheet`, within(found.sheets[0].config, sent.sheets[0]), sent.sheets[0])
  }
  const ids = [byName('first').id, byName('second').id]
  check('the first workbook is the primary one', space.primaryWorkbookId, ids[0])
  check('the order of the sidebar', space.settings.sidebarConfig.workbookSidebarOrder, ids)
  check('the callback knows the workbooks', told, [[space.id, ids]])
  check('the documents', (await api.documents.list(space.id)).data.map((one) => [one.title, one.body]), [['Start here', '# Hello'], ['Next', 'There.']])
  check('workbook:created for each', listener.got('workbook:created', { spaceId: space.id }).length, 2)
  check('the callback ticks', listener.got('job:updated', { jobId: job.id }).some((event) => event.payload.info === 'Almost'), true)
})

await group('a setup made by a function', async () => {
  const { space, workbooks } = await configured(async (event) => ({
    workbooks: [{ sheets: [sheet('only')] }],
    space: { metadata: { theme: { root: { primaryColor: 'red' } }, from: event.context.spaceId }, settings: { filesMappedAfterJob: 'clean', sidebarConfig: { workbookSidebarOrder: [] } }, labels: ['made'], actions: [{ operation: 'export', label: 'Export' }] }
  }))
  check('the default name', workbooks.map((one) => one.name), ['Workbook'])
  check('settings of the space', [space.settings.filesMappedAfterJob, space.metadata.theme.root.primaryColor, space.metadata.from === space.id, space.labels, space.actions.map((action) => action.operation)], ['clean', 'red', true, ['made'], ['export']])
  check('its primary workbook', space.primaryWorkbookId, workbooks[0].id)
})

await group('a setup that fails', async () => {
  const listener = await listening(configureSpace(async () => { throw new Error('no setup today') }))
  const { data: space } = await api.spaces.create({ name: 'Broken', environmentId, autoConfigure: true })
  const failed = await listener.waitFor('job:failed', { spaceId: space.id })
  check('job:failed names space:configure', failed.map((event) => event.payload.job), ['space:configure'])
  check('the reason is kept', (await api.jobs.get(failed[0].context.jobId)).data.outcome.message, 'no setup today')
  await listener.stop()
})

await group('a space without workbooks', async () => {
  const { space, workbooks } = await configured({ workbooks: [] })
  check('no primary workbook', [space.primaryWorkbookId ?? '', workbooks], ['', []])
})

process.exit()
