// Spaces and their documents.
import { call, idOf, refused, same } from '../../support/walk.mjs'
import { environmentId } from '../../support/server.mjs'

export async function spaces() {
  const space = await call('spaces.create', {
    name: 'Parity', environmentId, namespace: 'parity', labels: ['one', 'two'], displayOrder: 3, translationsPath: 'https://example.com/t.json',
    metadata: { theme: { root: { primaryColor: '#114b5f' } } }, guestAuthentication: ['magic_link'], access: ['*'],
    settings: { sidebarConfig: { workbookSidebarOrder: [] }, filesMappedAfterJob: 'review', omitActions: ['file.import'] },
    actions: [{ operation: 'clean', label: 'Clean', mode: 'foreground', primary: true, constraints: [{ type: 'hasData' }] }]
  })
  const read = await call('spaces.get', space.id)
  for (const part of ['name', 'namespace', 'labels', 'displayOrder', 'translationsPath', 'metadata', 'guestAuthentication', 'access', 'settings']) same('spaces.get', part, read[part], space[part])
  same('spaces.get', 'metadata', read.metadata, { theme: { root: { primaryColor: '#114b5f' } } })
  same('spaces.get', 'settings.filesMappedAfterJob', read.settings?.filesMappedAfterJob, 'review')
  same('spaces.get', 'actions', read.actions?.map((action) => [action.operation, action.label, action.constraints]), [['clean', 'Clean', [{ type: 'hasData' }]]])
  const changed = await call('spaces.update', space.id, { name: 'Parity again', settings: { sidebarConfig: { workbookSidebarOrder: ['us_wb_later123'] }, filesMappedAfterJob: 'later' } })
  same('spaces.update', 'what was not sent', changed?.labels, ['one', 'two'])
  same('spaces.update', 'name', changed?.name, 'Parity again')

  // The client sends what is undefined as null: what must be there is then left alone, what need not be is cleared.
  const cleared = await call('spaces.update', space.id, { name: undefined, namespace: undefined })
  same('spaces.update', 'name and namespace after null', cleared && [cleared.name, cleared.namespace], ['Parity again', undefined])

  const others = []
  for (const name of ['Zebra', 'Yak', 'Xerus']) others.push(await call('spaces.create', { name, environmentId, namespace: 'herd' }))
  const herd = await call('spaces.list', { environmentId, namespace: 'herd', sortField: 'name', sortDirection: 'asc', pageSize: 2, pageNumber: 1 })
  same('spaces.list', 'the first page by name', herd?.map((one) => one.name), ['Xerus', 'Yak'])
  same('spaces.list', 'the second page', (await call('spaces.list', { namespace: 'herd', sortField: 'name', pageSize: 2, pageNumber: 2 }))?.map((one) => one.name), ['Zebra'])
  same('spaces.list', 'past the last page', (await call('spaces.list', { namespace: 'herd', pageSize: 2, pageNumber: 9 })), [])
  same('spaces.list', 'a search', (await call('spaces.list', { search: 'Zebr' }))?.map((one) => one.name), ['Zebra'])
  await call('spaces.archiveSpace', others[0].id)
  same('spaces.archiveSpace', 'archived ones', (await call('spaces.list', { namespace: 'herd', archived: true }))?.map((one) => one.name), ['Zebra'])
  same('spaces.archiveSpace', 'live ones', (await call('spaces.list', { namespace: 'herd', archived: false, sortField: 'name' }))?.map((one) => one.name), ['Xerus', 'Yak'])
  await call('spaces.unarchiveSpace', others[0].id)
  same('spaces.unarchiveSpace', 'archivedAt', (await call('spaces.get', others[0].id))?.archivedAt, undefined)
  await call('spaces.delete', others[0].id)
  await refused('spaces.get', 404, others[0].id)
  await call('spaces.bulkDelete', { spaceIds: [others[1].id, others[2].id] })
  await refused('spaces.get', 404, others[2].id)
  return space.id
}

export async function documents(spaceId) {
  const body = '# Welcome\n\nAll about **it**.'
  const document = await call('documents.create', spaceId, { title: 'Guide', body, treatments: ['ephemeral'], actions: [{ operation: 'sign', label: 'Sign' }] })
  const id = idOf(document, 'us_dc_')
  const read = await call('documents.get', spaceId, id)
  same('documents.get', 'title, body and treatments', [read?.title, read?.body, read?.treatments], ['Guide', body, ['ephemeral']])
  await call('documents.update', spaceId, id, { title: 'Guide 2', body: 'Short.' })
  same('documents.list', 'titles', (await call('documents.list', spaceId))?.map((one) => one.title), ['Guide 2'])
  await call('documents.delete', spaceId, id)
  await refused('documents.get', 404, spaceId, id)
}
