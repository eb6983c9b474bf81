// Records, cells and commits: 3,000 rows of every type, with faults in them.
import { api } from '../../support/server.mjs'
import { call, fault, refused, same } from '../../support/walk.mjs'

const total = 3000
const cell = (value) => ({ value })

export async function records({ peopleId, countriesId }) {
  await call('records.insert', countriesId, ['DE', 'FR', 'JP'].map((iso) => ({ iso: cell(iso), title: cell(`Land ${iso}`) })))
  const inserted = await call('records.insert', peopleId, Array.from({ length: total }, (_, i) => ({
    name: cell(i % 1000 === 7 ? null : `Person ${i}`), code: cell(`C${i}`), age: cell(i), active: cell(i % 2 === 0), born: cell(`1990-01-${String(1 + (i % 28)).padStart(2, '0')}`),
    team: cell(i % 1000 === 8 ? 'green' : i % 3 === 0 ? 'blue' : 'red'), colours: cell(['red', 'blue']), tags: cell(['a', 'b c']),
    country: cell(i % 1000 === 9 ? 'XX' : 'DE'), visited: cell(['FR', 'JP']), mail: cell(`p${i}@example.com`)
  })))
  const faulty = 9
  same('records.insert', 'success', inserted?.success, true)
  same('records.insert', 'rows in the order sent', inserted?.records && [inserted.records.length, inserted.records[5].values.age.value], inserted?.records && [total, 5])

  const pages = []
  for (let pageNumber = 1; pageNumber <= 7; pageNumber++) pages.push((await call('records.get', peopleId, { pageSize: 500, pageNumber }))?.records.length)
  same('records.get', 'pages of 500', pages, [500, 500, 500, 500, 500, 500, 0])
  const first = await call('records.get', peopleId, { pageSize: 3, includeCounts: true, includeMessages: true, includeLinks: true })
  same('records.get', 'counts', first?.counts && [first.counts.total, first.counts.error], [total, faulty])
  const row = first?.records[2]
  same('records.get', 'values', row && ['name', 'age', 'active', 'born', 'team', 'colours', 'tags', 'country', 'visited', 'rank'].map((key) => row.values[key]?.value ?? null),
    ['Person 2', 2, true, '1990-01-03', 'red', ['red', 'blue'], ['a', 'b c'], 'DE', ['FR', 'JP'], null])
  same('records.get', 'a field nobody set', row && [Object.keys(row.values.rank).includes('value') || 'value' in row.values.rank, row.values.rank.messages], [true, []])
  same('records.get', 'links', row?.values.country.links?.map((link) => link.values.title.value), ['Land DE'])
  same('records.get', 'links of a list', row?.values.visited.links?.map((link) => link.values.iso.value), ['FR', 'JP'])
  const errors = await call('records.get', peopleId, { filter: 'error' })
  same('records.get', 'rows with errors', errors?.records.length, faulty)
  const sources = (key) => [...new Set(errors?.records.flatMap((record) => record.values[key].messages.map((message) => message.source)))]
  same('records.get', 'messages', ['name', 'team', 'country'].map(sources), [['required-constraint'], ['invalid-option'], ['unlinked']])
  same('records.get', 'rows with an error in one field', (await call('records.get', peopleId, { filter: 'error', filterField: 'team' }))?.records.length, 3)
  same('records.get', 'a search', (await call('records.get', peopleId, { searchValue: 'p17@', searchField: 'mail' }))?.records.length, 1)
  same('records.get', 'sorted down', (await call('records.get', peopleId, { sortField: 'age', sortDirection: 'desc', pageSize: 2 }))?.records.map((record) => record.values.age.value), [2999, 2998])
  same('records.get', 'one field', Object.keys((await call('records.get', peopleId, { fields: ['age'], pageSize: 1 }))?.records[0].values ?? {}), ['age'])
  const ten = (await call('records.get', peopleId, { pageSize: 10 })).records.map((record) => record.id)
  same('records.get', 'ten ids', (await call('records.get', peopleId, { ids: ten }))?.records.length, 10)
  same('records.get', 'ids left out of a selection', (await call('records.get', peopleId, { filter: 'error', ids: [errors.records[0].id] }))?.records.length, faulty - 1)
  same('records.get', 'a query', (await call('records.get', peopleId, { q: 'age gte 10 and age lt 20 and name like "Person %"' }))?.records.length, 10)
  await refused('records.get', 400, peopleId, { q: 'age gte (' })
  await refused('records.get', 404, 'us_sh_nothing0')

  same('records.indices', 'positions', (await call('records.indices', peopleId, { ids: [ten[3], ten[8]] }))?.map(({ id, index }) => [id === ten[3] ? 3 : 8, index]), [[3, 3], [8, 8]])
  await counts(peopleId, faulty)
  await cells(peopleId)
  await csv(peopleId)
  await changes(peopleId, countriesId, ten)
}

async function counts(sheetId, faulty) {
  const { counts } = (await call('sheets.getRecordCounts', sheetId, { byField: true })) ?? {}
  same('sheets.getRecordCounts', 'total, valid and error', counts && [counts.total, counts.valid, counts.error], [total, total - faulty, faulty])
  same('sheets.getRecordCounts', 'one field', counts?.byField?.team && [counts.byField.team.total, counts.byField.team.error, counts.byField.name.empty], [total, 3, 3])
  same('sheets.getRecordCounts', 'of a selection', (await call('sheets.getRecordCounts', sheetId, { filter: 'error', filterField: 'name' }))?.counts.total, 3)
  await call('sheets.getCalculations', sheetId)
}

async function cells(sheetId) {
  const found = await call('sheets.getCellValues', sheetId, { fieldKey: 'team', distinct: true, includeCounts: true })
  same('sheets.getCellValues', 'distinct values', found?.team.map((one) => [one.value, one.counts?.total]).sort((a, b) => a[1] - b[1]), [['green', 3], ['blue', 999], ['red', 1998]].map(([value, count]) => [value, teams[value] ?? count]))
  const deprecated = await call('cells.getValues', sheetId, { fieldKey: 'active', distinct: true })
  same('cells.getValues', 'distinct values', deprecated?.active?.map((one) => one.value).sort(), [false, true])
}

const teams = Array.from({ length: total }, (_, i) => (i % 1000 === 8 ? 'green' : i % 3 === 0 ? 'blue' : 'red')).reduce((sum, team) => ({ ...sum, [team]: (sum[team] ?? 0) + 1 }), {})

async function csv(sheetId) {
  const text = (await call('sheets.getRecordsAsCsv', sheetId, { filter: 'error', sortField: 'age', sortDirection: 'asc' }))?.toString('utf8')
  const lines = text?.trimEnd().split(/\r?\n/)
  same('sheets.getRecordsAsCsv', 'the header and the rows', lines && [lines[0].startsWith('Name,'), lines.length], [true, 10])
}

async function changes(peopleId, countriesId, [one, two, three, four, five]) {
  const version = await call('records.update', peopleId, [
    { id: one, values: { age: cell(-1), mail: { value: 'x', messages: [{ type: 'error', message: 'No address' }] } } },
    { id: two, values: { name: cell(null) }, metadata: { seen: true }, config: { readonly: true, fields: { age: { readonly: true }, ghost: { readonly: true } } } }
  ])
  same('records.update', 'versionId and commitId', version && [version.versionId?.slice(0, 6), version.commitId], [`us_vr_`, version?.versionId])
  const [first, second] = (await call('records.get', peopleId, { ids: [one, two] }))?.records ?? []
  same('records.update', 'an own message', [first?.valid, first?.values.mail.messages.map((message) => message.message), first?.values.name.value], [false, ['No address'], 'Person 0'])
  same('records.update', 'what a record carries', [second?.metadata, second?.config, second?.values.name.value ?? null, second?.valid],
    [{ seen: true }, { readonly: true, fields: { age: { readonly: true }, ghost: { readonly: true } } }, null, false])

  await call('records.bulkUpdate', peopleId, { ids: [three, four], fieldUpdates: { team: cell('blue') } })
  await call('records.findAndReplace', peopleId, { ids: [three, four], fieldKey: 'team', find: 'blue', replace: 'red' })
  same('records.findAndReplace', 'the rows', (await call('records.get', peopleId, { ids: [three, four] }))?.records.map((record) => record.values.team.value), ['red', 'red'])
  await call('records.delete', peopleId, { ids: [five] })
  same('records.delete', 'rows left', (await call('sheets.getRecordCounts', peopleId))?.counts.total, total - 1)
  await refused('records.delete', 400, peopleId, { ids: [] })

  const commits = await call('sheets.getSheetCommits', peopleId, {})
  if (commits?.length > 0) {
    const commit = await call('commits.get', commits[0].id)
    same('commits.get', 'sheetId', commit?.sheetId, peopleId)
    await call('commits.complete', commits[0].id)
    same('commits.complete', 'completedAt is there', (await call('commits.get', commits[0].id))?.completedAt instanceof Date, true)
    await call('commits.replay', commits[0].id)
  } else {
    fault('sheets.getSheetCommits', 'there are no commits after inserts and updates')
  }
  const { workbookId } = (await api.sheets.get(peopleId)).data
  same('workbooks.getWorkbookCommits', 'holds those of both sheets', [...new Set((await call('workbooks.getWorkbookCommits', workbookId, { completed: true }))?.map((commit) => commit.sheetId))].sort(), [peopleId, countriesId].sort())
  await call('versions.createId', { sheetId: peopleId })
}
