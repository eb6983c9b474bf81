// @flatfile/plugin-record-hook: what hooks change arrives, what they leave alone is not written again.
import { recordPuts } from '../support/recorder.mjs'

// The packages read their address when they are loaded, so what notes the requests comes first.
const recorder = await recordPuts(process.env.FLATFILE_API_URL)
process.env.FLATFILE_API_URL = recorder.url
process.env.AGENT_INTERNAL_URL = recorder.url
const { check, group, said } = await import('../support/checks.mjs')
const { api } = await import('../support/server.mjs')
const { listening, settled, spaceWithSheet } = await import('../support/listening.mjs')
const { recordHook, bulkRecordHook } = await import('@flatfile/plugin-record-hook')
const { createRecords, updateRecords } = await import('@flatfile/util-common')

const cell = (value) => ({ value })
const text = (key) => ({ key, type: 'string' })
const writeBacks = () => recorder.puts.filter((put) => put.url.includes('commitId=')).map((put) => put.rows.map((row) => Object.keys(row.values ?? {}).sort()))
const read = async (sheetId, query) => (await api.records.get(sheetId, query)).data.records

await group('one hook', async () => {
  const { sheetId } = await spaceWithSheet('contacts', [text('email'), text('name'), { key: 'age', type: 'number' }, text('never'), { key: 'team', type: 'enum', config: { options: [{ value: 'red' }] } }])
  const listener = await listening(recordHook('contacts', (record) => {
    const email = record.get('email')
    if (email && !String(email).includes('@')) record.addError('email', 'An address has an @')
    const name = record.get('name')
    if (name && name !== String(name).trim()) record.set('name', String(name).trim())
    return record
  }))
  // util-common sends x-force-hooks and goes around the client.
  const commitId = await createRecords(sheetId, [
    { email: cell('a@b.c'), name: cell('Ada'), age: cell(36), team: cell('red') },
    { email: cell('nobody'), name: cell(' Bob '), age: cell(null), team: cell('green') },
    { email: cell(null), name: cell('Cleo') }
  ])
  await listener.waitFor('commit:created', { commitId })
  await settled(sheetId)
  const [ada, bob, cleo] = await read(sheetId)
  check('insert: commit:created arrives once', listener.got('commit:created').length, 1)
  check('insert: what the hook set is readable when the commit is complete', [ada, bob, cleo].map((record) => record.values.name.value), ['Ada', 'Bob', 'Cleo'])
  check('insert: a message of the hook', bob.values.email.messages.map(({ type, message, source }) => [type, message, source]), [['error', 'An address has an @', 'custom-logic']])
  check('insert: a record with an error is not valid', [ada.valid, bob.valid], [true, false])
  check('insert: one write-back, with the changed fields only', writeBacks(), [[['email', 'name']]])
  check('a write-back raises no commit:created', listener.got('commit:created').length, 1)
  check('a field never set is there without messages', [ada.values.never.value ?? null, ada.values.never.messages], [null, []])
  check('an option of the enum is valid', [ada.values.team.valid, ada.valid], [true, true])
  check('an unknown option is not', [bob.values.team.valid, bob.values.team.messages.map((message) => message.source)], [false, ['invalid-option']])

  recorder.puts.length = 0
  said.length = 0
  await api.records.update(sheetId, [{ id: ada.id, values: { age: cell(37) } }])
  await listener.waitFor('commit:created', { sheetId }, 2)
  await settled(sheetId)
  check('records.update raises commit:created, and a hook with nothing to do writes nothing', writeBacks(), [])
  check('a hook with nothing to do says so', said.filter((line) => line.includes('No records modified')).length, 1)

  await api.records.update(sheetId, [{ id: bob.id, values: { email: cell('bob@b.c') } }])
  await listener.waitFor('commit:created', { sheetId }, 3)
  await settled(sheetId)
  check('a message goes when its reason is gone', (await read(sheetId, { ids: [bob.id] }))[0].values.email.messages.length, 0)
  await listener.stop()
})

await group('values', async () => {
  const { sheetId } = await spaceWithSheet('values', [text('name'), text('nickname'), { key: 'age', type: 'number' }, { key: 'tags', type: 'string-list' }])
  const listener = await listening(recordHook('values', (record) => {
    record.set('nickname', null)
    record.set('age', 42)
    record.addComment('name', 'seen')
    record.addWarning('name', 'checked')
    record.setMetadata({ by: 'hook' })
    record.setReadOnly()
  }))
  await api.records.insert(sheetId, [{ name: cell('Ada'), nickname: cell('A'), tags: cell(['x', 'y']) }])
  await listener.waitFor('commit:completed', { sheetId })
  const [record] = await read(sheetId)
  check('a value set to null is undefined in the client', [record.values.nickname.value, 'nickname' in record.values], [undefined, true])
  check('a value of the right type', record.values.age.value, 42)
  check('a comment and a warning leave the record valid', [record.valid, record.values.name.messages.map((message) => message.type)], [true, ['info', 'warn']])
  check('metadata of the record', record.metadata, { by: 'hook' })
  check('config of the record', record.config.readonly, true)
  check('a list stays as it is', record.values.tags.value, ['x', 'y'])
  await listener.stop()
})

await group('fields of config', async () => {
  const { sheetId } = await spaceWithSheet('locks', [text('name')])
  const listener = await listening(recordHook('locks', (record) => {
    record.setReadOnly('name')
    record.setReadOnly('ghost')
  }))
  await api.records.insert(sheetId, [{ name: cell('Ada') }])
  await listener.waitFor('commit:completed', { sheetId })
  check('config of a field and of one that is not there', (await read(sheetId))[0].config.fields, { name: { readonly: true }, ghost: { readonly: true } })
  await listener.stop()
})

await group('several hooks', async () => {
  const { sheetId } = await spaceWithSheet('many', [text('one'), text('two')])
  const sizes = []
  const listener = await listening(
    recordHook('many', (record) => record.set('one', `${record.get('one')}!`)),
    bulkRecordHook('**', (records) => { sizes.push(records.length); records.forEach((record) => record.set('two', 'bulk')) }, { chunkSize: 100 })
  )
  recorder.puts.length = 0
  await createRecords(sheetId, Array.from({ length: 250 }, (_, i) => ({ one: cell(`v${i}`), two: cell('') })))
  await listener.waitFor('commit:completed', { sheetId })
  const records = await read(sheetId)
  check('two hooks of one event share the records', [records[249].values.one.value, records[249].values.two.value], ['v249!', 'bulk'])
  check('a bulk hook gets its chunks', sizes, [100, 100, 50])
  check('one event, one write-back', recorder.puts.filter((put) => put.url.includes('commitId=')).map((put) => put.rows.length), [250])
  // Forced: a commit even though nothing changed.
  const forced = await updateRecords(sheetId, records.slice(0, 2).map(({ id, values }) => ({ id, values: { one: cell(values.one.value), two: cell(values.two.value) } })))
  check('x-force-hooks makes a commit though nothing changed', (await listener.waitFor('commit:created', { commitId: forced })).length, 1)
  await listener.stop()
})

await group('a hook that throws', async () => {
  const { sheetId } = await spaceWithSheet('throws', [text('name')])
  const listener = await listening(recordHook('throws', () => { throw new Error('no more') }))
  await api.records.insert(sheetId, [{ name: cell('Ada') }])
  await listener.waitFor('commit:completed', { sheetId })
  check('the commit is completed and nothing is written', [(await read(sheetId))[0].values.name.value, said.some((line) => line.includes('no more'))], ['Ada', true])
  await listener.stop()
})

recorder.close()
process.exit()
