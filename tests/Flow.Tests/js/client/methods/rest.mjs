// What applications seldom use: each method is called once or twice, and what is not built says so.
import { call, idOf, same } from '../../support/walk.mjs'
import { environmentId } from '../../support/server.mjs'

export async function theRest(spaceId, { workbookId, peopleId, countriesId }, fileId) {
  await guidance(spaceId)
  await drafts(spaceId)
  await tokens(spaceId)
  await roles(spaceId)
  await conversations(spaceId)
  await mappings()
  await clips(peopleId)
  await analyses(spaceId, workbookId, peopleId)
  await flags(workbookId)
  await canvases(spaceId)
  await programs(spaceId)
  await databases(workbookId, fileId)
  await call('accounts.updateCurrent', { name: 'Renamed' })
  await call('agentExports.list', { environmentId })
  await call('agentExports.get', 'us_agx_nothing0')
  await call('agentExports.download', 'us_agx_nothing0')
  await call('agentExports.delete', 'us_agx_nothing0')
  await call('agents.getAgentLog', 'us_evt_nothing0nothing0', { environmentId })
}

async function guidance(spaceId) {
  const options = { target: '#files', trigger: 'first', type: 'tooltip', role: 'guest' }
  const made = await call('spaces.createGuidance', spaceId, { guideSlug: 'start', options })
  const id = idOf(made, 'us_gd_')
  await call('spaces.getGuidance', spaceId, id, {})
  await call('spaces.updateGuidance', spaceId, id, { options: { ...options, trigger: 'manual' } })
  same('spaces.listGuidance', 'slugs', (await call('spaces.listGuidance', spaceId))?.map((one) => one.guideSlug), made && ['start'])
  await call('spaces.deleteGuidance', spaceId, id)
  const guide = await call('environments.createGuide', environmentId, { environmentId, title: 'Start', description: 'How to', slug: 'start', blocks: [{ type: 'text', content: 'x' }] })
  const guideId = idOf(guide, 'us_gu_')
  await call('environments.listGuides', environmentId)
  await call('environments.getGuide', environmentId, guideId)
  await call('environments.updateGuide', environmentId, guideId, { title: 'Begin' })
  await call('environments.getGuideVersion', environmentId, guideId, 1)
  await call('environments.deleteGuide', environmentId, guideId)
}

async function drafts(spaceId) {
  const draft = await call('spaces.createDraft', spaceId)
  const draftId = draft?.draftSpaceId ?? 'us_sp_nothing0'
  await call('spaces.listSpaceDrafts', spaceId)
  await call('spaces.getSpaceDraft', spaceId, draftId)
  await call('spaces.mergeDraft', spaceId, draftId)
  await call('spaces.upgrade', spaceId, { id: 'us_sp_nothing0' })
}

async function tokens(spaceId) {
  await call('auth.getSftpCredentials', { spaceId })
  const made = await call('auth.createPersonalAccessToken', { name: 'Laptop' })
  await call('auth.listPersonalAccessTokens')
  await call('auth.deletePersonalAccessToken', made?.personalAccessToken.id ?? 'us_pat_nothing0')
  await call('users.exchangeToken', { token: 'nothing' })
}

async function roles(spaceId) {
  const role = (await call('roles.list'))?.[0]
  const grant = { roleId: idOf(role, 'us_rol_'), resourceId: spaceId }
  const user = await call('users.createAndInvite', { email: 'roles@example.com', name: 'Roles', actorRoles: [] })
  const userId = idOf(user, 'us_usr_')
  await call('users.resendInvite', userId)
  const assigned = await call('users.assignUserRole', userId, grant)
  same('users.listUserRoles', 'holds it', (await call('users.listUserRoles', userId))?.some((one) => one.id === assigned?.id), assigned && true)
  await call('users.deleteUserRole', userId, idOf(assigned, 'us_acr_'))
  await call('users.createApiToken', userId, { tenantId: environmentId })
  await call('users.listApiTokens', userId, { tenantId: environmentId })
  const guest = (await call('guests.create', [{ environmentId, email: 'roles-guest@example.com', name: 'Guest', spaces: [{ id: spaceId }] }]))?.[0]
  const guestId = idOf(guest, 'us_g_')
  const given = await call('guests.assignGuestRole', guestId, grant)
  await call('guests.listGuestRoles', guestId)
  await call('guests.deleteGuestRole', guestId, idOf(given, 'us_acr_'))
  const agent = await call('agents.create', { environmentId, body: { slug: 'roles', topics: ['job:ready'], compiler: 'js', source: '' } })
  const agentId = idOf(agent, 'us_ag_')
  const versions = await call('agents.listVersions', agentId)
  await call('agents.revert', agentId, idOf(versions?.[0], 'us_agv_'))
  const allowed = await call('agents.assignAgentRole', agentId, grant)
  await call('agents.listAgentRoles', agentId)
  await call('agents.deleteAgentRole', agentId, idOf(allowed, 'us_acr_'))
}

async function conversations(spaceId) {
  const thread = await call('threads.createThread', { resourceId: spaceId, status: 'ready', metadata: { topic: 'x' }, source: 'walk' })
  const threadId = idOf(thread, 'us_th_')
  await call('threads.getThread', threadId)
  await call('threads.getThreads', { environmentId, resourceId: spaceId })
  await call('threads.updateThread', threadId, { status: 'active' })
  const message = await call('messages.createMessage', threadId, { role: 'user', content: { text: 'Hello' } })
  const messageId = idOf(message, 'us_msg_')
  await call('messages.getMessage', threadId, messageId)
  await call('messages.getMessages', threadId)
  await call('messages.updateMessage', threadId, messageId, { content: { text: 'Hello again' } })
  await call('messages.deleteMessage', threadId, messageId)
  await call('threads.deleteThread', threadId)
  const prompt = await call('assistant.create', { prompt: 'Make it lower case', environmentId, spaceId, promptType: 'AI_ASSIST' })
  const promptId = idOf(prompt, 'us_pr_')
  await call('assistant.get', promptId)
  await call('assistant.list', { promptType: 'ALL' })
  await call('assistant.update', promptId, { prompt: 'Upper case' })
  await call('assistant.delete', promptId)
}

async function mappings() {
  const sheet = (slug) => ({ name: slug, slug, fields: [{ key: 'a', type: 'string' }] })
  const config = { source: sheet('one'), destination: sheet('two'), save: true, namespace: 'n', familyId: 'us_mf_family00' }
  const program = await call('mapping.createMappingProgram', { environmentId, body: config })
  const id = idOf(program, 'us_mp_')
  await call('mapping.getMappingProgram', id)
  await call('mapping.listMappingPrograms', { environmentId, pageSize: 5, pageNumber: 1 })
  await call('mapping.updateMappingProgram', id, config)
  const rule = (await call('mapping.createRules', id, [{ name: 'Same', type: 'assign', config: { from: 'a', to: 'a' } }]))?.[0]
  const ruleId = idOf(rule, 'us_mr_')
  await call('mapping.listRules', id)
  await call('mapping.getRule', id, ruleId)
  await call('mapping.updateRule', id, ruleId, { name: 'Same', type: 'assign' })
  await call('mapping.updateRules', id, [{ createdAt: new Date(), updatedAt: new Date(), ...rule, id: ruleId, name: 'Same 2', type: 'assign' }])
  await call('mapping.deleteRule', id, ruleId)
  const another = (await call('mapping.createRules', id, [{ name: 'Another', type: 'assign' }]))?.[0]
  await call('mapping.deleteMultipleRules', id, { ruleIds: [idOf(another, 'us_mr_')] })
  await call('mapping.deleteMappingProgram', id)
  await call('mapping.deleteAllHistoryForUser', { environmentId })
}

async function clips(sheetId) {
  const clip = await call('dataClips.create', { name: 'Clip', sourceSheetId: sheetId, collaborators: ['a@example.com'], sharedLinkAccess: 'public' })
  const id = idOf(clip, 'us_clip_')
  const [row] = (await call('records.get', sheetId, { pageSize: 1 })).records
  await call('dataClips.get', id)
  await call('dataClips.list', { sheetId })
  await call('dataClips.update', id, { name: 'Clip 2' })
  await call('dataClips.addRecordsToClip', id, { recordIds: [row.id] })
  await call('dataClips.getResolutions', id, {})
  await call('dataClips.getResolutionIndex', id, { id: row.id, filterConflicts: 'false' })
  await call('dataClips.updateResolution', id, { resolvedRecords: [] })
  await call('dataClips.refreshResolutions', id)
  await call('dataClips.delete', id)
}

async function analyses(spaceId, workbookId, sheetId) {
  const made = (await call('analysis.create', { sheetId, environmentId, spaceId, workbookId, analyses: [{ field: 'name', result: { unique: 3 } }] }))?.[0]
  const id = idOf(made, 'us_an_')
  await call('analysis.get', id, { sheetId })
  await call('analysis.list', { sheetId, fields: ['name'] })
  await call('analysis.updateSuggestion', id, 'one', { sheetId, suggestion: { done: true } })
  await call('analysis.deleteSuggestion', id, 'one', { sheetId })
  await call('analysis.delete', id, { sheetId })
  await call('analysis.deleteBySheet', { sheetId })
}

async function flags(workbookId) {
  await call('flags.create', workbookId, { slug: 'later', label: 'Later', colorHex: '#ff0000' })
  await call('flags.list', workbookId)
  await call('flags.get', workbookId, 'later')
  await call('flags.update', workbookId, 'later', { label: 'Much later' })
  await call('flags.bulkMutate', workbookId, { operation: 'apply', slug: 'later', filter: 'error' })
  await call('flags.delete', workbookId, 'later')
}

async function canvases(spaceId) {
  const area = await call('canvasAreas.create', { canvasId: 'us_cv_nothing0', type: 'iframe', position: 'top', layout: 'split', visibility: 'visible' })
  const id = idOf(area, 'us_cva_')
  await call('canvasAreas.get', id)
  await call('canvasAreas.list', { spaceId })
  await call('canvasAreas.update', id, { position: 'left' })
  await call('canvasAreas.delete', id)
}

async function programs(spaceId) {
  const accountId = (await call('accounts.getCurrent'))?.id
  const app = await call('apps.create', { name: 'Programs', namespace: 'programs', type: 'CUSTOM', entity: 'e', entityPlural: 'es' })
  const appId = idOf(app, 'us_app_')
  const runbook = await call('runbooks.create', { accountId, appId, environmentId, spaceId, name: 'Nightly', type: 'SHEET_TOOL', status: 'CREATED', config: { sourceSheetIds: [], destinationSheetIds: [] } })
  const runbookId = idOf(runbook, 'us_rb_')
  await call('runbooks.get', runbookId)
  await call('runbooks.list', { spaceId })
  await call('runbooks.update', runbookId, { status: 'RECORDING' })
  const routine = await call('routines.create', { runbookId, name: 'Step', ordinal: 1, type: 'JOB', config: {} })
  const routineId = idOf(routine, 'us_rtn_')
  await call('routines.get', routineId)
  await call('routines.list', { runbookId })
  await call('routines.update', routineId, { name: 'Step 2', ordinal: 2, type: 'JOB' })
  await call('routines.delete', routineId)
  await call('runbooks.delete', runbookId)
  const transformation = { accountId, environmentId, spaceId, appId, sheetId: 'us_sh_nothing0', keys: ['a'], sourceKeys: ['a'], destinationKeys: ['b'], mutationCommand: 'x', type: 'script' }
  const made = await call('transformations.create', transformation)
  const id = idOf(made, 'us_tr_')
  await call('transformations.list', { appId, matchKeys: ['a'] })
  await call('transformations.update', id, { ...transformation, mutationCommand: 'y' })
  await call('transformations.delete', id)
  const onboarding = await call('onboardings.createOnboarding', { userId: 'us_usr_nothing0' })
  const onboardingId = idOf(onboarding, 'us_onb_')
  await call('onboardings.getOnboarding', onboardingId)
  await call('onboardings.getOnboardings', {})
  await call('onboardings.getOnboardingStatus', onboardingId)
  await call('onboardings.updateOnboardingProgress', onboardingId, { currentStep: 2, flow: 'workflow' })
  const datapoint = await call('onboardingDatapoints.createOnboardingDatapoint', onboardingId, { onboardingId, source: 'walk', data: { a: 1 } })
  const datapointId = idOf(datapoint, 'us_odp_')
  await call('onboardingDatapoints.getOnboardingDatapoint', onboardingId, datapointId)
  await call('onboardingDatapoints.getOnboardingDatapoints', onboardingId)
  await call('onboardingDatapoints.updateOnboardingDatapoint', onboardingId, datapointId, { data: { a: 2 } })
  await call('onboardingDatapoints.deleteOnboardingDatapoint', onboardingId, datapointId)
  await call('onboardings.deleteOnboarding', onboardingId)
}

async function databases(workbookId, fileId) {
  await call('foreigndb.restore', workbookId, { fileId: fileId ?? 'us_fl_nothing0' })
  await call('foreigndb.configureWorkbook', workbookId)
  await call('foreigndb.getDatabaseInfo', workbookId)
  await call('foreigndb.upload', workbookId, { fileId: fileId ?? 'us_fl_nothing0' })
  await call('foreigndb.deleteDatabase', workbookId)
}
