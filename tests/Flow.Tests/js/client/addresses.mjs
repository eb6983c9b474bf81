// Every way of writing the server's address that the official packages allow.
import apiPackage from '@flatfile/api'
import { check, group } from '../support/checks.mjs'
import { apiUrl, environmentId, token } from '../support/server.mjs'

const { FlatfileClient } = apiPackage
const sees = async (options) => (await new FlatfileClient({ token, ...options }).environments.list()).data.some((one) => one.id === environmentId)

for (const end of ['', '/', '/v1', '/v1/', '/api', '/api/v1']) {
  await group(`apiUrl${end}`, async () => check(`apiUrl ending in '${end}'`, await sees({ apiUrl: apiUrl + end }), true))
}
await group('environment', async () => check('environment ending in /v1', await sees({ environment: `${apiUrl}/v1` }), true))
await group('ready instance', async () => check('the ready instance of the package, from the environment', (await apiPackage.default.environments.get(environmentId)).data.id, environmentId))
await group('two slashes', async () => check('a doubled slash', (await fetch(`${apiUrl}//v1//environments`, { headers: { Authorization: `Bearer ${token}` } })).status, 200))
await group('no key', async () => {
  const error = await new FlatfileClient({ token: 'sk_wrong', apiUrl }).spaces.list().catch((caught) => caught)
  check('a wrong key is 401 with the documented body', [error.statusCode, typeof error.body.errors[0].message], [401, 'string'])
})
process.exit()
