// The official client against this server: configure, insert, page, filter, update, upload, follow the job.
import { createReadStream } from 'node:fs'
import apiPackage from '@flatfile/api'
const { FlatfileClient } = apiPackage

const api = new FlatfileClient({ token: process.env.FLATFILE_BEARER_TOKEN, apiUrl: process.env.FLATFILE_API_URL })
const environmentId = process.env.FLATFILE_ENVIRONMENT_ID
const found = {}

async function until(what, question) {
  const end = Date.now() + 60000
  for (;;) {
    const answer = await question()
    if (answer) return answer
    if (Date.now() > end) throw new Error(`waited a minute for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

const { data: space } = await api.spaces.create({ name: 'From JavaScript', environmentId, autoConfigure: true })
found.spaceId = space.id
const configured = await until('the space to be configured', async () => {
  const { data } = await api.spaces.get(space.id)
  return data.primaryWorkbookId ? data : undefined
})
const { data: workbook } = await api.workbooks.get(configured.primaryWorkbookId)
found.sheets = workbook.sheets.map((sheet) => sheet.slug)
await until('the configuration job to complete', async () => {
  const { data } = await api.jobs.list({ spaceId: space.id })
  return data.find((job) => job.operation === 'configure' && job.status === 'complete')
})

const { data: own } = await api.workbooks.create({
  name: 'People', spaceId: space.id, environmentId,
  sheets: [{ name: 'People', slug: 'people', fields: [
    { key: 'name', type: 'string', constraints: [{ type: 'required' }] },
    { key: 'age', type: 'number' },
    { key: 'team', type: 'enum', config: { options: [{ value: 'red' }, { value: 'blue' }] } }
  ] }]
})
const sheetId = own.sheets[0].id
const rows = Array.from({ length: 3000 }, (_, i) => ({
  name: { value: i % 1000 === 7 ? null : `Person ${i}` }, age: { value: i }, team: { value: i % 1000 === 8 ? 'green' : 'red' }
}))
const inserted = await api.records.insert(sheetId, rows)
found.inserted = inserted.data.success
const pages = []
for (let pageNumber = 1; ; pageNumber++) {
  const { data } = await api.records.get(sheetId, { pageSize: 500, pageNumber })
  if (data.records.length === 0) break
  pages.push(data.records.length)
}
found.pages = pages
const { data: errors } = await api.records.get(sheetId, { filter: 'error', includeCounts: true })
found.errors = errors.records.map((record) => record.values.age.value).sort((a, b) => a - b)
found.counts = { valid: errors.counts.valid, error: errors.counts.error, total: errors.counts.total }
found.messages = errors.records[0].values.name.messages.map((message) => message.source)
const first = errors.records[0]
await api.records.update(sheetId, [{ id: first.id, values: { name: { value: 'Repaired' } } }])
const { data: repaired } = await api.records.get(sheetId, { ids: [first.id] })
found.repaired = { name: repaired.records[0].values.name.value, age: repaired.records[0].values.age.value, valid: repaired.records[0].valid }
const { data: counts } = await api.sheets.getRecordCounts(sheetId)
found.errorsAfter = counts.counts.error

const { data: file } = await api.files.upload(createReadStream(process.argv[2]), { spaceId: space.id, environmentId })
found.file = { name: file.name, ext: file.ext, size: file.size }
const job = await until('the extraction to end', async () => {
  const { data } = await api.jobs.list({ spaceId: space.id, pageSize: 100 })
  return data.find((candidate) => candidate.fileId === file.id && candidate.operation === 'extract' && ['complete', 'failed'].includes(candidate.status))
})
const { data: ended } = await api.jobs.get(job.id)
found.job = { status: ended.status, message: ended.outcome?.message, rows: ended.outcome?.rowsWritten }
const bytes = []
for await (const chunk of await api.files.download(file.id)) bytes.push(...chunk)
found.downloaded = bytes.length
try {
  await api.sheets.get('us_sh_doesnotx')
} catch (error) {
  found.unknown = { status: error.statusCode, errors: error.body?.errors?.length }
}
console.log(JSON.stringify(found))
