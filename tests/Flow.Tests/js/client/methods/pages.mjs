// How many items a list answers when nobody says how many.
import { api, environmentId } from '../../support/server.mjs'
import { call, same } from '../../support/walk.mjs'

export async function pages() {
  const { data: space } = await api.spaces.create({ name: 'Pages', environmentId, namespace: 'pages' })
  const spaceId = space.id
  for (let i = 0; i < 11; i++) await api.spaces.create({ name: `Page ${i}`, environmentId, namespace: 'pages' })
  await sizes('spaces.list', { namespace: 'pages' }, 10, 12)
  for (let i = 0; i < 21; i++) {
    await api.jobs.create({ type: 'space', operation: `job-${i}`, source: spaceId })
    await api.files.upload(new File(['x'], `${i}.bin`), { spaceId, environmentId })
  }
  await sizes('jobs.list', { spaceId }, 20, 21)
  await sizes('files.list', { spaceId }, 20, 21)
  same('events.list', 'the default page', (await call('events.list', { spaceId }))?.length, 10)
}

async function sizes(name, query, page, total) {
  const [resource, method] = name.split('.')
  const { data, pagination } = await api[resource][method](query)
  same(name, 'the default page', [data.length, pagination?.currentPage, pagination?.pageCount, pagination?.totalCount], [page, 1, 2, total])
  same(name, 'the second', (await call(name, { ...query, pageNumber: 2 }))?.length, total - page)
}
