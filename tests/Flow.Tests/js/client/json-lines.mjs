// records.v2 of the official client: records as lines of JSON, read and written as they come.
import { check, group } from '../support/checks.mjs'
import { listening, rowsOf, spaceWithSheet } from '../support/listening.mjs'
import { api } from '../support/server.mjs'

const { sheetId, workbookId } = await spaceWithSheet('lines', [{ key: 'name', type: 'string', constraints: [{ type: 'required' }] }, { key: 'n', type: 'number' }])
const listener = await listening()
const lines = async (options = {}) => api.records.v2.getRaw(sheetId, options)
async function * many(from, to) {
  for (let n = from; n < to; n++) yield { __s: sheetId, name: `row ${n}`, n }
}

await group('write', async () => {
  check('lines written', await api.records.v2.writeRaw([{ __s: sheetId, name: 'Ada', n: 1 }, { __s: sheetId, name: null, n: 2 }]).then(({ success, created }) => [success, created]), [true, 2])
  check('values of the rows', await rowsOf(sheetId), [{ name: 'Ada', n: 1 }, { name: null, n: 2 }])
  check('commit:created is raised', (await listener.waitFor('commit:created', { sheetId })).length, 1)
})

await group('read', async () => {
  const [first, second] = await lines({ includeMessages: true, includeMetadata: true })
  check('keys of the fields stand at the top', [first.name, first.n, typeof first.__k], ['Ada', 1, 'string'])
  check('messages by field', JSON.stringify(second.__i ?? []).includes('name'), true)
  check('only the fields asked for', Object.keys((await lines({ fields: ['n'] }))[0]).filter((key) => !key.startsWith('__')), ['n'])
  check('rows with errors', (await lines({ filter: 'error' })).map((line) => line.n), [2])
})

await group('change', async () => {
  const [first, second] = await lines()
  const answer = await api.records.v2.writeRaw([{ __k: first.__k, __s: sheetId, n: 10 }, { __k: second.__k, __s: sheetId, __d: true }, { __s: sheetId, name: 'New', n: 3 }])
  check('updated and created', [answer.success, answer.created, answer.updated], [true, 1, 1])
  check('rows after an update, a deletion and an insert', await rowsOf(sheetId), [{ name: 'Ada', n: 10 }, { name: 'New', n: 3 }])
})

await group('streams', async () => {
  const { created } = await api.records.v2.writeRawStreaming(many(0, 2500), { sheetId, truncate: true })
  check('the sheet is emptied first', [created, (await api.sheets.getRecordCounts(sheetId)).data.counts.total], [2500, 2500])
  let count = 0
  let last
  for await (const line of api.records.v2.getRawStreaming(sheetId, {})) {
    count++
    last = line
  }
  check('read as a stream, in order', [count, last.name], [2500, 'row 2499'])
  check('by workbook and slug', (await api.records.v2.writeRaw([{ name: 'by slug', n: -1 }], { workbookId, sheetSlug: 'lines' })).created, 1)
})

await listener.stop()
process.exit()
