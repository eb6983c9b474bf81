// The JSON, XML and delimiter extractors: files become workbooks.
import { DelimiterExtractor } from '@flatfile/plugin-delimiter-extractor'
import { JSONExtractor } from '@flatfile/plugin-json-extractor'
import xmlPackage from '@flatfile/plugin-xml-extractor'
import { check, group } from '../support/checks.mjs'
import { listening } from '../support/listening.mjs'
import { api, environmentId, until } from '../support/server.mjs'

const { XMLExtractor } = xmlPackage
const xml = '<?xml version="1.0" encoding="UTF-8"?>\n'
const files = {
  'list.json': JSON.stringify([{ id: 1, 'First Name': 'Ada', b: { c: true }, '%': 'p' }, { id: 2, b: { c: false }, later: 'lost' }]),
  'sheets.json': JSON.stringify({ people: [{ name: 'Ada' }], 'Pets & Co': [{ name: 'Rex', legs: 4 }] }),
  'lines.jsonl': '{"a":1,"b":"x"}\n{"a":2,"b":"y"}\n\n{"a":3}\n',
  'rows.xml': `${xml}<root><row id="7"><name>Ada</name><country><name>UK</name><code>GB</code></country><zip format="long">123</zip></row><row id="8"><name>Bob</name><extra/></row></root>`,
  'plain.XML': `${xml}<root/>`,
  'export.json': '[{"a":1}]',
  'broken.json': '[{"a":',
  'half.colon': 'Report 2024::\nName*:Age:Age\nAda:36:1\n:::\nBob:41:2\n::\n'
}
const { data: space } = await api.spaces.create({ name: 'Extracted', environmentId })
const listener = await listening(JSONExtractor(), XMLExtractor(), DelimiterExtractor('.colon', { delimiter: ':', dynamicTyping: true, skipEmptyLines: 'greedy' }))

const uploads = Object.fromEntries(await Promise.all(Object.entries(files).map(async ([name, content]) => {
  const { data } = await api.files.upload(new File([content], name), { spaceId: space.id, environmentId, ...(name.startsWith('export') ? { mode: 'export' } : {}) })
  return [name, data.id]
})))

async function extracted(name) {
  const job = await until(`the job of ${name}`, async () => {
    const jobs = (await api.jobs.list({ fileId: uploads[name], pageSize: 100 })).data
    return jobs.find((one) => ['complete', 'failed'].includes(one.status))
  })
  const { data: file } = await api.files.get(uploads[name])
  const workbook = file.workbookId && (await api.workbooks.get(file.workbookId)).data
  return { job, file, workbook }
}

const shown = async (sheet) => (await api.records.get(sheet.id)).data.records.map((record) => Object.fromEntries(Object.entries(record.values).map(([key, cell]) => [key, cell.value ?? null])))
const fields = (sheet) => sheet.config.fields.map((field) => [field.key, field.label, field.type])

await group('list.json', async () => {
  const { job, file, workbook } = await extracted('list.json')
  check('json: job and file end well', [job.operation, job.status, job.info, file.status], ['extract-plugin-json', 'complete', 'files.uploadFile.popovers.extractionCompleted', 'complete'])
  check('json: the workbook', [workbook.name, workbook.labels, workbook.treatments, workbook.sheets.map((sheet) => [sheet.name, sheet.slug])], ['[file] list.json', ['file'], ['EXTRACTED_FROM_SOURCE'], [['Sheet1', 'Sheet1']]])
  check('json: keys are normalised, labels are not', fields(workbook.sheets[0]), [['id', 'id', 'string'], ['first_name', 'First Name', 'string'], ['b_c', 'b.c', 'string'], ['percent', '%', 'string']])
  check('json: rows, with the columns of the first', await shown(workbook.sheets[0]), [{ id: '1', first_name: 'Ada', b_c: 'true', percent: 'p' }, { id: '2', first_name: null, b_c: 'false', percent: null }])
})
await group('sheets.json', async () => {
  const { workbook } = await extracted('sheets.json')
  check('json: a sheet for each list', workbook.sheets.map((sheet) => [sheet.name, sheet.slug]), [['people', 'people'], ['Pets & Co', 'Pets-Co']])
  check('json: rows of the second', (await shown(workbook.sheets[1])).map((row) => row.name), ['Rex'])
})
await group('lines.jsonl', async () => check('jsonl: a row for each line', (await shown((await extracted('lines.jsonl')).workbook.sheets[0])).map((row) => row.b), ['x', 'y', null]))
await group('rows.xml', async () => {
  const { job, workbook } = await extracted('rows.xml')
  check('xml: the job', [job.operation, job.status], ['extract-plugin-xml', 'complete'])
  check('xml: columns of nested elements and attributes', fields(workbook.sheets[0]).map(([, label]) => label).sort(), ['#id', 'country/code', 'country/name', 'name', 'zip', 'zip#format'])
  const rows = await shown(workbook.sheets[0])
  check('xml: rows', rows.map((row) => [row.id, row.name, row.country_name]), [['7', 'Ada', 'UK'], ['8', 'Bob', null]])
})
await group('half.colon', async () => {
  const { workbook, job } = await extracted('half.colon')
  check('delimiter: the job', [job.operation, job.status], ['extract-plugin-delimiter', 'complete'])
  check('delimiter: the header is the fullest row, stars go, doubles are numbered', workbook.sheets[0].config.fields.map((field) => field.label), ['Name', 'Age', 'Age_1'])
  check('delimiter: rows below it without the empty ones', (await shown(workbook.sheets[0])).map((row) => Object.values(row)), [['Ada', '36', '1'], ['Bob', '41', '2']])
})
await group('broken.json', async () => {
  const { job, file } = await extracted('broken.json')
  check('a file that cannot be read fails its job and is marked', [job.status, job.info, file.status], ['failed', 'plugins.extraction.extractionFailed', 'failed'])
})
await group('what is left alone', async () => {
  const jobs = async (name) => (await api.jobs.list({ fileId: uploads[name], pageSize: 100 })).data.length
  check('an exported file, and a suffix in other letters', [await jobs('export.json'), await jobs('plain.XML')], [0, 0])
})
await group('events', async () => {
  check('file:created for each file', listener.got('file:created', { spaceId: space.id }).length, Object.keys(files).length)
  check('each job was ready once', [...new Set(Object.values(uploads).map((fileId) => listener.got('job:ready', { fileId }).length))].sort(), [0, 1])
})
await listener.stop()
process.exit()
