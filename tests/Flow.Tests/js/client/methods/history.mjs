// Snapshots and views of a sheet.
import { call, idOf, refused, same } from '../../support/walk.mjs'

export async function snapshots({ countriesId: sheetId }) {
  const snapshot = await call('snapshots.createSnapshot', { sheetId, label: 'before' })
  const id = idOf(snapshot, 'us_ss_')
  const rows = (await call('records.get', sheetId)).records
  await call('records.update', sheetId, [{ id: rows[0].id, values: { title: { value: 'Changed' } } }])
  await call('records.insert', sheetId, [{ iso: { value: 'IT' } }])
  await call('records.delete', sheetId, { ids: [rows[2].id] })
  same('snapshots.listSnapshots', 'labels', (await call('snapshots.listSnapshots', { sheetId }))?.map((one) => one.label), snapshot && ['before'])
  const { summary } = (await call('snapshots.getSnapshot', id, { includeSummary: true })) ?? {}
  same('snapshots.getSnapshot', 'created, updated and deleted since', summary && [summary.createdSince.total, summary.updatedSince.total, summary.deletedSince.total], snapshot && [1, 1, 1])
  const updated = await call('snapshots.getSnapshotRecords', id, { changeType: 'updatedSince', pageSize: 10, pageNumber: 1 })
  same('snapshots.getSnapshotRecords', 'the updated row', updated?.map((one) => [one.values.title.value, one.values.title.snapshotValue]), snapshot && [['Changed', 'Land DE']])
  same('snapshots.getSnapshotRecords', 'rows deleted', (await call('snapshots.getSnapshotRecords', id, { changeType: 'deletedSince' }))?.length, snapshot && 1)
  await call('snapshots.restoreSnapshot', id, { created: true, updated: true, deleted: true })
  if (snapshot) same('snapshots.restoreSnapshot', 'the rows after', (await call('records.get', sheetId, { sortField: 'iso' }))?.records.map((one) => [one.values.iso.value, one.values.title.value]), [['DE', 'Land DE'], ['FR', 'Land FR'], ['JP', 'Land JP']])
  await call('snapshots.deleteSnapshot', id)
  if (snapshot) await refused('snapshots.getSnapshot', 404, id, { includeSummary: false })
}

export async function views({ peopleId: sheetId }) {
  const view = await call('views.create', { sheetId, name: 'Faults', config: { filter: 'error', sortField: 'age', sortDirection: 'desc', q: 'age gt 5' } })
  const id = idOf(view, 'us_vi_')
  same('views.get', 'config', (await call('views.get', id))?.config, view?.config)
  same('views.update', 'name and config', await call('views.update', id, { name: 'Valid ones', config: { filter: 'valid' } }).then((one) => one && [one.name, one.config.filter]), view && ['Valid ones', 'valid'])
  same('views.list', 'names', (await call('views.list', { sheetId, pageSize: 5, pageNumber: 1 }))?.map((one) => one.name), view && ['Valid ones'])
  await call('views.delete', id)
  if (view) await refused('views.get', 404, id)
}
