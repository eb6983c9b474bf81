// Workbooks and sheets: every field type, every constraint, and changes to the schema of live data.
import { call, refused, same } from '../../support/walk.mjs'
import { api, environmentId } from '../../support/server.mjs'

const options = [{ value: 'red', label: 'Red', alternativeNames: ['crimson'] }, { value: 'blue', label: 'Blue', color: '#00f' }]

export const everyField = [
  { key: 'name', type: 'string', label: 'Name', description: 'In full', config: { size: 'long' }, alternativeNames: ['full name'], metadata: { own: 1 }, constraints: [{ type: 'required', config: { message: 'A name is needed' } }] },
  { key: 'code', type: 'string', constraints: [{ type: 'unique', config: { caseSensitive: false, ignoreEmpty: true } }] },
  { key: 'age', type: 'number', config: { decimalPlaces: 0 }, appearance: { size: 's' } },
  { key: 'active', type: 'boolean', config: { allowIndeterminate: true } },
  { key: 'born', type: 'date' },
  { key: 'team', type: 'enum', config: { options, sortBy: 'label' } },
  { key: 'colours', type: 'enum-list', config: { options } },
  { key: 'tags', type: 'string-list' },
  { key: 'country', type: 'reference', config: { ref: 'countries', key: 'iso', relationship: 'has-one' } },
  { key: 'visited', type: 'reference-list', config: { ref: 'countries', key: 'iso' } },
  { key: 'rank', type: 'string', readonly: true, constraints: [{ type: 'computed' }] },
  { key: 'mail', type: 'string', constraints: [{ type: 'external', validator: 'mail', config: { host: 'example.com' } }, { type: 'stored', validator: 'lower' }], actions: [{ operation: 'check', label: 'Check' }] }
]

const people = {
  name: 'People', slug: 'people', description: 'Everybody', access: ['add', 'edit', 'delete', 'import'], allowAdditionalFields: true, mappingConfidenceThreshold: 0.6,
  metadata: { rows: 1 }, fields: everyField, actions: [{ operation: 'tidy', label: 'Tidy', inputForm: { type: 'simple', fields: [{ key: 'how', label: 'How', type: 'string' }] } }],
  constraints: [
    { type: 'unique', name: 'one of each', fields: ['name', 'born'], strategy: 'concat', config: { message: 'Twice', level: 'warn' } },
    { type: 'external', validator: 'together', fields: ['name', 'age'] }
  ]
}
const countries = { name: 'Countries', slug: 'countries', fields: [{ key: 'iso', type: 'string' }, { key: 'title', type: 'string' }] }

export async function workbooks(spaceId) {
  const sent = { name: 'Everything', spaceId, environmentId, namespace: 'all', labels: ['primary'], metadata: { a: { b: [1] } }, sheets: [people, countries], actions: [{ operation: 'submit', label: 'Submit', mode: 'foreground' }] }
  const workbook = await call('workbooks.create', sent)
  same('workbooks.create', 'the sheets', workbook.sheets.map((sheet) => sheet.slug), ['people', 'countries'])
  const read = await call('workbooks.get', workbook.id)
  same('workbooks.get', 'name, labels, namespace and metadata', [read.name, read.labels, read.namespace, read.metadata], [sent.name, sent.labels, sent.namespace, sent.metadata])
  contains('workbooks.get', 'sheets[0].config', read.sheets[0].config, people)
  contains('workbooks.get', 'actions', read.actions, sent.actions)

  const spare = await call('workbooks.create', { name: 'Spare', spaceId, environmentId, labels: ['file'], sheets: [countries], treatments: ['EXTRACTED_FROM_SOURCE'] })
  const ids = async (name, query) => (await call(name, { spaceId, ...query }))?.map((one) => one.name).sort()
  same('workbooks.list', 'all', await ids('workbooks.list'), ['Everything', 'Spare'])
  same('workbooks.list', 'by label', await ids('workbooks.list', { label: 'file' }), ['Spare'])
  same('workbooks.list', 'by label, negated', await ids('workbooks.list', { label: '-file' }), ['Everything'])
  same('workbooks.list', 'by treatment', await ids('workbooks.list', { treatment: 'EXTRACTED_FROM_SOURCE' }), ['Spare'])
  same('workbooks.list', 'without sheets', (await call('workbooks.list', { spaceId, includeSheets: false }))?.map((one) => one.sheets), [undefined, undefined])
  same('workbooks.list', 'with counts', (await call('workbooks.list', { spaceId, name: 'Spare', includeCounts: true }))?.map((one) => one.sheets?.[0].recordCounts?.total), [0])

  // A sheet is matched by id or slug; what is not mentioned stays.
  const updated = await call('workbooks.update', spare.id, { name: 'Spare 2', sheets: [{ slug: 'countries', name: 'Lands', fields: [...countries.fields, { key: 'area', type: 'number' }] }, { name: 'New', slug: 'new', fields: [{ key: 'x', type: 'string' }] }] })
  same('workbooks.update', 'the sheets', updated?.sheets?.map((sheet) => [sheet.name, sheet.config.fields.length]), [['Lands', 3], ['New', 1]])
  await call('workbooks.rebuildWorkbook', spare.id)
  await call('workbooks.delete', spare.id)
  await refused('workbooks.get', 404, spare.id)
  return { workbookId: workbook.id, peopleId: workbook.sheets[0].id, countriesId: workbook.sheets[1].id }
}

export async function sheets({ workbookId, peopleId, countriesId }) {
  same('sheets.list', 'slugs', (await call('sheets.list', { workbookId }))?.map((sheet) => sheet.slug), ['people', 'countries'])
  contains('sheets.get', 'config', (await call('sheets.get', peopleId))?.config, people)
  const renamed = await call('sheets.updateSheet', countriesId, { name: 'Lands', metadata: { rowHeaders: [1] } })
  same('sheets.updateSheet', 'name, slug and metadata', [renamed?.name, renamed?.slug, renamed?.metadata], ['Lands', 'countries', { rowHeaders: [1] }])
  const copy = await call('sheets.duplicateSheet', countriesId, { name: 'Lands again', slug: 'lands-again' })
  same('sheets.duplicateSheet', 'name, slug and fields', copy && [copy.name, copy.slug, copy.config.fields.map((field) => field.key)], copy && ['Lands again', 'lands-again', ['iso', 'title']])
  const spareId = copy?.id ?? (await api.workbooks.update(workbookId, { sheets: [{ name: 'Spare', slug: 'spare', fields: [{ key: 'x', type: 'string' }] }] })).data.sheets.at(-1).id
  await call('sheets.delete', spareId)
  await refused('sheets.get', 404, spareId)

  const keys = async () => (await call('sheets.get', countriesId))?.config.fields.map((field) => field.key)
  const field = await call('sheets.addField', countriesId, { insertAtIndex: 1, body: { key: 'status', type: 'enum', label: 'Status', config: { options } } })
  same('sheets.addField', 'the field', field && [field.key, field.type, field.config.options.length], ['status', 'enum', 2])
  same('sheets.addField', 'the fields after', await keys(), ['iso', 'status', 'title'])
  await call('sheets.removeField', countriesId, 'status')
  same('sheets.removeField', 'the fields after', await keys(), ['iso', 'title'])
  await call('sheets.lockSheet', countriesId)
  const locked = await call('sheets.get', countriesId)
  same('sheets.lockSheet', 'lockedAt and lockedBy are there', [locked?.lockedAt instanceof Date, typeof locked?.lockedBy], [true, 'string'])
  await call('sheets.unlockSheet', countriesId)
  same('sheets.unlockSheet', 'lockedAt', (await call('sheets.get', countriesId))?.lockedAt, undefined)
  await call('sheets.validate', peopleId)
}

/** Everything sent is there, and there may be more. */
function contains(name, what, actual, expected) {
  const cut = (a, e) => Array.isArray(e) ? e.map((item, i) => cut(a?.[i], item)) : typeof e === 'object' && e !== null ? Object.fromEntries(Object.entries(e).map(([key, item]) => [key, cut(a?.[key], item)])) : a
  for (const key of Object.keys(expected)) same(name, `${what}.${key}`, cut(actual?.[key], expected[key]), expected[key])
}
