// Files: upload as a stream and from memory, download, clone, header detection.
import { createReadStream, writeFileSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { call, idOf, refused, same } from '../../support/walk.mjs'
import { environmentId } from '../../support/server.mjs'

export async function files(spaceId, workbookId) {
  const path = join(mkdtempSync(join(tmpdir(), 'parity-')), 'überblick 1.csv')
  const bytes = Buffer.from('name,age\nAda,36\n')
  writeFileSync(path, bytes)
  const file = await call('files.upload', createReadStream(path), { spaceId, environmentId, origin: 'filesystem', actions: [{ operation: 'read', label: 'Read' }] })
  same('files.upload', 'name, ext, mimetype, size and mode', file && [file.name, file.ext, file.mimetype, file.size, file.bytesReceived, file.mode ?? 'import'], ['überblick 1.csv', 'csv', 'text/csv', bytes.length, bytes.length, 'import'])
  const id = idOf(file, 'us_fl_')
  same('files.get', 'actions', (await call('files.get', id))?.actions?.map((action) => action.operation), ['read'])
  same('files.download', 'the bytes', (await call('files.download', id))?.equals(bytes), true)
  const exported = await call('files.upload', new File([bytes], 'out.csv', { type: 'text/csv' }), { spaceId, environmentId, mode: 'export' })
  same('files.list', 'exported ones', (await call('files.list', { spaceId, mode: 'export' }))?.map((one) => one.id), [exported?.id])
  same('files.list', 'one of a page', (await call('files.list', { spaceId, pageSize: 1, pageNumber: 2 }))?.length, 1)
  const updated = await call('files.update', id, { name: '⚡️ renamed.csv', status: 'complete', workbookId })
  same('files.update', 'name, status and workbook', updated && [updated.name, updated.status, updated.workbookId], ['⚡️ renamed.csv', 'complete', workbookId])
  await call('files.update', id, { workbookId: undefined })
  const clone = await call('files.clone', id, { prefix: 'copy of ' })
  if (clone) same('files.clone', 'the bytes', (await call('files.download', clone.id))?.equals(bytes), true)
  const detected = await call('files.detectHeader', { options: { algorithm: 'default', rowsToSearch: 5 }, data: [['Report', '', ''], ['Name', 'Age', 'Team'], ['Ada', '36', 'red']] })
  same('files.detectHeader', 'header, row and letters', detected && [detected.header, detected.headerRow, detected.letters], [['Name', 'Age', 'Team'], 2, ['A', 'B', 'C']])
  await call('files.delete', exported?.id)
  await refused('files.get', 404, exported?.id)
  return id
}
