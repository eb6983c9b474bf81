// What official packages call beside the methods of the client: lines of JSON, embedding, the subscription of the PubSub driver.
import { api, apiUrl, environmentId } from '../../support/server.mjs'
import { beside } from '../../support/walk.mjs'

export async function besides({ countriesId: sheetId }) {
  await beside('records.writeLines', 'B', async () => {
    const { success, created } = await api.records.v2.writeRaw([{ __s: sheetId, iso: 'LN', title: 'Line' }])
    return [[success, created], [true, 1]]
  })
  await beside('records.readLines', 'B', async () => {
    const [line] = await api.records.v2.getRaw(sheetId, { q: 'iso eq LN' })
    return [[line?.iso, line?.title, typeof line?.__k], ['LN', 'Line', 'string']]
  })
  await beside('spaces.init', 'B', async () => {
    const [{ rawKey }] = (await api.auth.createNewApiKey({ environmentId, type: 'PUBLISHABLE' })).data
    const answer = await fetch(`${apiUrl}/v1/internal/spaces/init?publishableKey=${rawKey}`, { method: 'POST', headers: { 'Content-Type': 'text/plain' }, body: JSON.stringify({ space: { name: 'Embedded' } }) })
    const { data } = await answer.json()
    return [[answer.status, data?.space?.name, typeof data?.space?.accessToken, data?.environment?.hasAccess], [200, 'Embedded', 'string', true]]
  })
  await beside('events.subscribe', 'A', async () => {
    const { accountId, subscribeKey, token } = (await api.events.getEventToken({ scope: environmentId })).data
    const answer = await fetch(`${apiUrl}/v2/subscribe/${subscribeKey}/environment.${environmentId}/0?heartbeat=300&uuid=${accountId}&auth=${token}`)
    const body = await answer.json()
    return [[answer.status, typeof body.t?.t, body.m], [200, 'string', []]]
  })
}
