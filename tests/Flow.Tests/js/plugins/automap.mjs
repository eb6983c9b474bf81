// @flatfile/plugin-automap: an uploaded CSV is extracted by the server and mapped by the plugin.
import automapPackage from '@flatfile/plugin-automap'
import { check, group } from '../support/checks.mjs'
import { listening, rowsOf } from '../support/listening.mjs'
import { api, environmentId, until } from '../support/server.mjs'

const { automap } = automapPackage
const text = (key, label) => ({ key, label, type: 'string' })
const { data: space } = await api.spaces.create({ name: 'Automapped', environmentId })
const { data: workbook } = await api.workbooks.create({
  name: 'Target', spaceId: space.id, environmentId, labels: ['primary'],
  sheets: [
    { name: 'Test', slug: 'test', fields: [text('name', 'Name'), text('email', 'Email'), text('notes', 'Notes')] },
    { name: 'Teams', slug: 'teams', fields: [{ key: 'team', label: 'Team', type: 'enum', config: { options: [{ value: 'r', label: 'Red' }, { value: 'b', label: 'Blue' }] } }, text('lead', 'Lead')] }
  ]
})
const sheet = (slug) => workbook.sheets.find((one) => one.slug === slug).id
const upload = async (name, content) => (await api.files.upload(new File([content], name), { spaceId: space.id, environmentId })).data.id
const failures = []
const listener = await listening(
  automap({ accuracy: 'confident', matchFilename: /test.csv$/g, defaultTargetSheet: 'test' }),
  automap({ accuracy: 'exact', matchFilename: /teams.csv$/, defaultTargetSheet: async (name) => (name.includes('teams') ? 'teams' : 'none'), targetWorkbook: 'Target' }),
  automap({ accuracy: 'exact', matchFilename: /stranger.csv$/, defaultTargetSheet: 'test', onFailure: (event) => { failures.push(event.context.jobId) } })
)

await group('a sheet by its slug', async () => {
  const fileId = await upload('test.csv', 'Name,email,notes\nAda,a@x,first\nBob,b@x,\n')
  const [done] = await listener.waitFor('job:completed', { job: 'workbook:map' })
  check('the mapping job reaches job:completed', done.payload.status, 'complete')
  check('the rows arrive', await rowsOf(sheet('test')), [{ name: 'Ada', email: 'a@x', notes: 'first' }, { name: 'Bob', email: 'b@x', notes: null }])
  const { data: job } = await api.jobs.get(done.context.jobId)
  check('the job keeps what the plugin sent', [job.managed, job.input, job.destination, job.config.destinationSheetId], [true, { isAutomap: true }, workbook.id, sheet('test')])
  check('commit:created on the target sheet', (await listener.waitFor('commit:created', { sheetId: sheet('test') })).length > 0, true)
  check('job:updated told of the plan once it was there', listener.got('job:updated', { jobId: job.id, status: 'planning' }).length > 0, true)
  const { plan } = (await api.jobs.getExecutionPlan(job.id)).data
  check('the plan names each pair', plan.fieldMapping.map((edge) => [edge.sourceField.label ?? edge.sourceField.key, edge.destinationField.key, edge.metadata?.certainty]), [['Name', 'name', 'absolute'], ['email', 'email', 'absolute'], ['notes', 'notes', 'absolute']])
  check('the file is renamed', (await until('the new name', async () => { const { name } = (await api.files.get(fileId)).data; return name.includes('🔁') && name })), '⚡️ test.csv 🔁 Test')
})

await group('a sheet by a function', async () => {
  await upload('teams.csv', 'Team,Lead\nRed,Ada\nBlue,Bob\n')
  await listener.waitFor('job:completed', { job: 'workbook:map' }, 2)
  check('options are mapped by their labels', await rowsOf(sheet('teams')), [{ team: 'r', lead: 'Ada' }, { team: 'b', lead: 'Bob' }])
})

await group('nothing in common', async () => {
  await upload('stranger.csv', 'zzz,qqq\n1,2\n')
  await until('onFailure to be called', () => failures.length > 0)
  check('onFailure is called and nothing is mapped', [failures.length > 0, (await rowsOf(sheet('test'))).length], [true, 2])
})

await listener.stop()
process.exit()
