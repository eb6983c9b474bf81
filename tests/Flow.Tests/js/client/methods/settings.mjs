// What belongs to an environment or a space beside its data: secrets, actions, agents, apps, retention, entitlements.
import { call, idOf, refused, same } from '../../support/walk.mjs'
import { environmentId } from '../../support/server.mjs'

export async function secrets(spaceId) {
  await call('secrets.upsert', { name: 'ACCESS_KEY', value: 'one', environmentId, spaceId })
  await call('secrets.upsert', { name: 'ACCESS_KEY', value: 'two', environmentId, spaceId })
  const own = (await call('secrets.list', { environmentId, spaceId }))?.filter((secret) => secret.name === 'ACCESS_KEY')
  same('secrets.upsert', 'values after two', own?.map((secret) => secret.value), ['two'])
  await call('secrets.delete', idOf(own?.[0], 'us_sec_'))
  same('secrets.delete', 'what is left', (await call('secrets.list', { environmentId, spaceId }))?.filter((secret) => secret.name === 'ACCESS_KEY').length, 0)
}

export async function actions(spaceId, { workbookId, peopleId }) {
  const action = await call('actions.create', { spaceId, body: { targetId: workbookId, operation: 'publish', label: 'Publish', mode: 'foreground', description: 'Send it', mount: { type: 'workbook' }, constraints: [{ type: 'hasAllValid', ignoreSelection: true }] } })
  const id = idOf(action, 'us_act_')
  same('actions.get', 'operation, mount and constraints', await call('actions.get', id).then((one) => one && [one.operation, one.targetId, one.mount, one.constraints]), ['publish', workbookId, { type: 'workbook' }, [{ type: 'hasAllValid', ignoreSelection: true }]])
  const more = await call('actions.bulkCreate', { spaceId, body: [{ targetId: peopleId, operation: 'a', label: 'A' }, { targetId: peopleId, operation: 'b', label: 'B' }] })
  same('actions.bulkCreate', 'operations', more?.map((one) => one.operation), more && ['a', 'b'])
  same('actions.getAll', 'holds the new ones', (await call('actions.getAll', { spaceId }))?.filter((one) => [id, ...(more ?? []).map((m) => m.id)].includes(one.id)).length, 3)
  same('actions.update', 'label', (await call('actions.update', id, { label: 'Publish now' }))?.label, 'Publish now')
  await call('actions.delete', id)
  await refused('actions.get', 404, id)
}

export async function agents() {
  const source = 'module.exports = (listener) => {}'
  const config = { topics: ['job:ready', 'commit:created'], compiler: 'js', source, slug: 'reviewer', packageVersions: { listener: '1.1.2' } }
  const agent = await call('agents.create', { environmentId, body: config })
  const id = idOf(agent, 'us_ag_')
  const again = await call('agents.create', { environmentId, body: { ...config, topics: ['job:ready'] } })
  same('agents.create', 'id of the same slug', again?.id, agent && id)
  same('agents.get', 'slug and topics', await call('agents.get', id, { environmentId }).then((one) => one && [one.slug, one.topics]), ['reviewer', ['job:ready']])
  same('agents.list', 'slugs', (await call('agents.list', { environmentId, pageSize: 20 }))?.filter((one) => one.slug === 'reviewer').length, agent ? 1 : 0)
  same('agents.listVersions', 'there are some', (await call('agents.listVersions', id))?.length > 0, true)
  await call('agents.getAgentLogs', id, { environmentId })
  await call('agents.getEnvironmentAgentLogs', { environmentId, pageSize: 5, pageNumber: 1 })
  await call('agents.getEnvironmentAgentExecutions', { environmentId, pageSize: 5, pageNumber: 1 })
  await call('agents.delete', id, { environmentId })
  await refused('agents.get', 404, id)
}

export async function apps() {
  const app = await call('apps.create', { name: 'Orders', namespace: 'orders', type: 'CUSTOM', entity: 'order', entityPlural: 'orders', icon: 'box', metadata: { a: 1 } })
  const id = idOf(app, 'us_app_')
  same('apps.get', 'name, namespace and metadata', await call('apps.get', id).then((one) => one && [one.name, one.namespace, one.metadata]), ['Orders', 'orders', { a: 1 }])
  same('apps.update', 'name', (await call('apps.update', id, { name: 'Orders 2' }))?.name, 'Orders 2')
  same('apps.list', 'holds it', (await call('apps.list'))?.some((one) => one.id === id), true)
  await call('apps.getConstraints', id, { includeBuiltins: true })
  const constraint = await call('apps.createConstraint', id, { validator: 'lower', description: 'Lower case', function: '({value}) => value', label: 'Lower', options: {} })
  const constraintId = idOf(constraint, 'us_cn_')
  await call('apps.getConstraintById', id, constraintId)
  await call('apps.updateConstraint', id, constraintId, { label: 'Lower case' })
  await call('apps.getConstraintVersions', id, constraintId)
  await call('apps.getConstraintVersion', id, constraintId, 1)
  await call('apps.deleteConstraint', id, constraintId)
  await call('apps.delete', id)
  await refused('apps.get', 404, id)
}

export async function retention() {
  const policy = await call('dataRetentionPolicies.create', { type: 'lastActivity', period: 30, environmentId })
  const id = idOf(policy, 'us_drp_')
  same('dataRetentionPolicies.get', 'type and period', await call('dataRetentionPolicies.get', id).then((one) => one && [one.type, one.period]), ['lastActivity', 30])
  same('dataRetentionPolicies.update', 'period', (await call('dataRetentionPolicies.update', id, { type: 'lastActivity', period: 60, environmentId }))?.period, 60)
  same('dataRetentionPolicies.list', 'holds it', (await call('dataRetentionPolicies.list', { environmentId }))?.some((one) => one.id === id), true)
  await call('dataRetentionPolicies.delete', id)
  await refused('dataRetentionPolicies.get', 404, id)
}

export const entitlements = (spaceId) => call('entitlements.list', { resourceId: spaceId })
