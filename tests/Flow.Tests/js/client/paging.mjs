// @flatfile/util-common, which the plugins read and write records with: pages, filters, counts, deletion.
import { createAllRecords, deleteRecords, getRecordsRaw, getSheetLength, processRecords, updateAllRecords } from '@flatfile/util-common'
import { check, group } from '../support/checks.mjs'
import { spaceWithSheet } from '../support/listening.mjs'
import { api, until } from '../support/server.mjs'

const { sheetId } = await spaceWithSheet('numbers', [{ key: 'name', type: 'string' }, { key: 'n', type: 'number' }])

await group('an empty sheet', async () => {
  check('its second page is an empty list', await getRecordsRaw(sheetId, { pageNumber: 2 }), [])
  const pages = []
  await processRecords(sheetId, (records, page, count) => { pages.push([records.length, page, count]) })
  check('it still gets one read', pages, [[0, 1, 1]])
})

await group('3,000 rows', async () => {
  const ticks = []
  await createAllRecords(sheetId, Array.from({ length: 3000 }, (_, i) => ({ name: { value: `row ${i}` }, n: { value: i } })), async (progress, part, parts) => { ticks.push([progress, part, parts]) }, { pageSize: 1000 })
  check('written in three parts', ticks.map(([, part, parts]) => [part, parts]), [[1, 3], [2, 3], [3, 3]])
  check('their number', await getSheetLength(sheetId), 3000)
  const pages = await processRecords(sheetId, (records) => [records.length, records[0].values.n.value], { pageSize: 500 })
  check('six pages of 500, in the order written', pages, [0, 1, 2, 3, 4, 5].map((page) => [500, page * 500]))
  check('all are valid', (await getRecordsRaw(sheetId, { filter: 'valid' })).length, 3000)
  check('none has an error', await getRecordsRaw(sheetId, { filter: 'error' }), [])
  const ids = (await getRecordsRaw(sheetId, { pageSize: 10 })).map((record) => record.id)
  check('ten ids give ten rows', (await getRecordsRaw(sheetId, { ids })).map((record) => record.id), ids)
  await updateAllRecords(sheetId, ids.map((id) => ({ id, values: { name: { value: 'changed' } } })))
  check('rows changed', (await getRecordsRaw(sheetId, { searchField: 'name', searchValue: '"changed"' })).length, 10)
  check('what was not sent stays', (await getRecordsRaw(sheetId, { ids: [ids[3]] }))[0].values.n.value, 3)
})

await group('a packed body', async () => {
  const rows = Array.from({ length: 500 }, (_, i) => ({ name: { value: 'packed' }, n: { value: 3000 + i } }))
  check('is unpacked', (await api.records.insert(sheetId, rows, { compressRequestBody: true })).data.success, true)
  const ids = (await getRecordsRaw(sheetId, { searchField: 'name', searchValue: 'packed' })).map((record) => record.id)
  check('a hundred ids and more can be named', ids.length, 500)
  await api.records.delete(sheetId, { ids: ids.slice(0, 100) })
  await api.records.delete(sheetId, { ids: ids.slice(100) })
  check('and deleted', await getSheetLength(sheetId), 3000)
})

await group('an unknown sheet', async () => {
  check('it is refused', await getRecordsRaw('us_sh_unknown0').then(() => 'answered', (error) => error.message), 'Reading 1 of us_sh_unknown0 failed.')
})

await group('delete-records', async () => {
  const ids = (await getRecordsRaw(sheetId, { pageSize: 5 })).map((record) => record.id)
  await deleteRecords(sheetId, { filter: 'none', exceptions: ids })
  await until('the rows to go', async () => (await getSheetLength(sheetId)) === 2995)
  check('filter none with exceptions deletes exactly those', (await getRecordsRaw(sheetId, { pageSize: 1 }))[0].values.n.value, 5)
  await deleteRecords(sheetId, { filter: 'all', exceptions: (await getRecordsRaw(sheetId, { pageSize: 2 })).map((record) => record.id) })
  await until('the rows to go', async () => (await getSheetLength(sheetId)) === 2)
  check('filter all with exceptions spares those', (await getRecordsRaw(sheetId)).map((record) => record.values.n.value), [5, 6])
  await deleteRecords(sheetId, { filter: 'valid' })
  await until('the rows to go', async () => (await getSheetLength(sheetId)) === 0)
  await api.records.insert(sheetId, [{ n: { value: 'not a number' } }])
  check('a number that is none is an error', (await getRecordsRaw(sheetId, { filter: 'error' })).length, 1)
})
process.exit()
