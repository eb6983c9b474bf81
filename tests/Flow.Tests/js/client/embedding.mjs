// A page that embeds: a publishable key opens one new space, its token works there and nowhere else; a guest's token likewise.
import apiPackage from '@flatfile/api'
import { check, group } from '../support/checks.mjs'
import { api, apiUrl, environmentId } from '../support/server.mjs'

const { FlatfileClient } = apiPackage
const as = (token) => new FlatfileClient({ token, apiUrl })
const status = (promise) => promise.then(() => 200, (error) => error.statusCode)
const { data: other } = await api.spaces.create({ name: 'Not theirs', environmentId })

await group('a publishable key', async () => {
  const { rawKey } = (await api.auth.createNewApiKey({ environmentId, type: 'PUBLISHABLE' })).data[0]
  const page = as(rawKey)
  const { data: space } = await page.spaces.create({ name: 'Theirs', environmentId })
  check('a new space comes with a token', typeof space.accessToken, 'string')
  check('the key itself opens nothing', [await status(page.spaces.get(other.id)) >= 401, await status(page.spaces.delete(space.id)) >= 401], [true, true])
  const inside = as(space.accessToken)
  check('the token opens its space', (await inside.spaces.get(space.id)).data.name, 'Theirs')
  check('and no other', [await status(inside.spaces.get(other.id)), (await inside.spaces.list()).data.map((one) => one.id)], [404, [space.id]])
})

await group('init', async () => {
  const { rawKey } = (await api.auth.createNewApiKey({ environmentId, type: 'PUBLISHABLE' })).data[0]
  const answer = await fetch(`${apiUrl}/v1/internal/spaces/init?publishableKey=${rawKey}`, {
    method: 'POST', headers: { 'Content-Type': 'text/plain' },
    body: JSON.stringify({ space: { name: 'Embedded', metadata: { userInfo: { name: 'Ada' } } }, workbook: { name: 'Orders', sheets: [{ name: 'Orders', slug: 'orders', fields: [{ key: 'n', type: 'number' }] }] }, document: { title: 'Read me', body: 'Please.' } })
  })
  const { data, errors } = await answer.json()
  check('it answers space, workbooks and documents', [errors, data?.space.name, typeof data?.space.accessToken, data?.workbooks.map((one) => one.name), data?.documents.map((one) => one.title), data?.environment.hasAccess], [undefined, 'Embedded', 'string', ['Orders'], ['Read me'], true])
  const inside = as(data.space.accessToken)
  const [{ sheets }] = (await inside.workbooks.list({ spaceId: data.space.id })).data
  check('records can be written with its token', (await inside.records.insert(sheets[0].id, [{ n: { value: 1 } }])).data.success, true)
})

await group('a guest', async () => {
  const { data: space } = await api.spaces.create({ name: 'Shared', environmentId })
  const [guest] = (await api.guests.create([{ environmentId, email: 'guest@example.com', name: 'Guest', spaces: [{ id: space.id }] }])).data
  const { token } = (await api.guests.getGuestToken(guest.id, { spaceId: space.id })).data
  const inside = as(token)
  check('the token opens the space', (await inside.spaces.get(space.id)).data.name, 'Shared')
  check('and no other', await status(inside.spaces.get(other.id)), 404)
  check('nor what belongs to the environment', await status(inside.environments.create({ name: 'x', isProd: false })), 403)
  await api.guests.delete(guest.id, { spaceId: space.id })
  check('it ends with the invitation', [401, 404].includes(await status(inside.spaces.get(space.id))), true)
})
process.exit()
