// Who may come in: account, environments, keys, users, guests, roles.
import { call, idOf, refused, same } from '../../support/walk.mjs'
import { environmentId, apiUrl } from '../../support/server.mjs'
import apiPackage from '@flatfile/api'
const { FlatfileClient } = apiPackage

export async function account() {
  await call('accounts.getCurrent')
  same('roles.list', 'there are roles', (await call('roles.list'))?.length > 0, true)
}

export async function environments() {
  const environment = await call('environments.create', { name: 'Second', isProd: false, guestAuthentication: ['shared_link'], metadata: { a: 1 }, namespaces: ['n'], translationsPath: '/t', languageOverride: 'de' })
  const id = idOf(environment, 'us_env_')
  same('environments.get', 'what was sent', await call('environments.get', id).then((one) => one && [one.name, one.isProd, one.guestAuthentication, one.metadata, one.namespaces, one.translationsPath, one.languageOverride]), ['Second', false, ['shared_link'], { a: 1 }, ['n'], '/t', 'de'])
  await call('environments.update', id, { name: 'Second again', isProd: true })
  same('environments.update', 'name and isProd', await call('environments.get', id).then((one) => one && [one.name, one.isProd, one.metadata]), ['Second again', true, { a: 1 }])
  same('environments.list', 'holds both', (await call('environments.list', { pageSize: 100 }))?.filter((one) => [environmentId, id].includes(one.id)).length, 2)
  await call('environments.getEnvironmentEventToken', { environmentId })
  await keys(id)
  await call('environments.delete', id)
  await refused('environments.get', 404, id)
}

async function keys(ownEnvironmentId) {
  const secret = (await call('auth.createNewApiKey', { environmentId: ownEnvironmentId, type: 'SECRET' }))?.[0]
  same('auth.createNewApiKey', 'the key is shown', typeof secret?.rawKey, 'string')
  const publishable = (await call('auth.createNewApiKey', { environmentId: ownEnvironmentId, type: 'PUBLISHABLE' }))?.[0]
  same('auth.createNewApiKey', 'type of the other', publishable?.type, publishable && 'PUBLISHABLE')
  await call('auth.getPublishableKey', { environmentId: ownEnvironmentId })
  same('auth.getApiKeys', 'secrets are not shown', (await call('auth.getApiKeys', { environmentId: ownEnvironmentId }))?.filter((key) => key.type === 'SECRET' && key.secret).length, 0)
  if (secret) {
    const own = new FlatfileClient({ token: secret.rawKey, apiUrl })
    same('auth.createNewApiKey', 'spaces the new key sees', (await own.spaces.list()).data, [])
    // A key serves as credentials by its id and its secret.
    const access = await call('auth.createAccessToken', { type: 'apiCredentials', clientId: secret.id, secret: secret.rawKey })
    await call('auth.refreshToken', access?.accessToken ?? 'nothing')
    await call('auth.deleteApiKey', { environmentId: ownEnvironmentId, key: secret.rawKey })
    same('auth.deleteApiKey', 'a call with it', await own.spaces.list().then(() => 'answered', (error) => error.statusCode), 401)
  }
}

export async function users(spaceId) {
  const email = 'grace@example.com'
  const role = (await call('roles.list'))?.[0]
  const user = await call('users.createAndInvite', { email, name: 'Grace', actorRoles: [{ roleId: idOf(role, 'us_rol_'), resourceId: environmentId }] })
  const id = idOf(user, 'us_usr_')
  same('users.get', 'email and name', await call('users.get', id).then((one) => one && [one.email, one.name]), [email, 'Grace'])
  same('users.update', 'name', (await call('users.update', id, { name: 'Grace H.', dashboard: 2 }))?.name, 'Grace H.')
  same('users.list', 'by email', (await call('users.list', { email }))?.map((one) => one.name), ['Grace H.'])
  await call('users.list', { search: 'grace', sortField: 'email', sortDirection: 'asc', pageSize: 1, pageNumber: 1 })
  await call('users.listUserRoles', id)
  await call('users.delete', id)
  await refused('users.get', 404, id)
}

export async function guests(spaceId) {
  const guest = (await call('guests.create', [{ environmentId, email: 'guest@example.com', name: 'Guest', spaces: [{ id: spaceId }] }]))?.[0]
  const id = idOf(guest, 'us_g_')
  same('guests.get', 'email and spaces', await call('guests.get', id).then((one) => one && [one.email, one.spaces.map((space) => space.id)]), ['guest@example.com', [spaceId]])
  same('guests.list', 'by email', (await call('guests.list', { spaceId, email: 'guest@example.com' }))?.map((one) => one.id), guest && [id])
  same('guests.update', 'name', (await call('guests.update', id, { name: 'Guest 2' }))?.name, 'Guest 2')
  const token = await call('guests.getGuestToken', id, { spaceId })
  if (token) {
    const own = new FlatfileClient({ token: token.token, apiUrl })
    same('guests.getGuestToken', 'the space seen with it', await own.spaces.get(spaceId).then(({ data }) => data.id, (error) => error.statusCode), spaceId)
  }
  await call('guests.invite', [{ guestId: id, spaceId, fromName: 'Ada', message: 'Come in' }])
  await call('guests.delete', id, { spaceId })
  await call('guests.delete', id)
  await refused('guests.get', 404, id)
}
