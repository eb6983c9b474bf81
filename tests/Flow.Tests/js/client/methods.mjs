// Walks every method of the official client and prints one line of JSON for each: how it fared against the documented shapes.
import { account, environments, guests, users } from './methods/people.mjs'
import { events } from './methods/events.mjs'
import { files } from './methods/files.mjs'
import { jobs } from './methods/jobs.mjs'
import { records } from './methods/records.mjs'
import { actions, agents, apps, entitlements, retention, secrets } from './methods/settings.mjs'
import { sheets, workbooks } from './methods/workbooks.mjs'
import { snapshots, views } from './methods/history.mjs'
import { pages } from './methods/pages.mjs'
import { besides } from './methods/beside.mjs'
import { documents, spaces } from './methods/spaces.mjs'
import { theRest } from './methods/rest.mjs'
import { broke, report } from '../support/walk.mjs'

// A part that breaks off must not keep the others from being seen.
const part = async (name, run) => run().catch((error) => broke(name, error))

const spaceId = await spaces()
const ids = await workbooks(spaceId)
await part('sheets', () => sheets(ids))
await part('documents', () => documents(spaceId))
await part('records', () => records(ids))
await part('snapshots', () => snapshots(ids))
await part('views', () => views(ids))
const fileId = await part('files', () => files(spaceId, ids.workbookId))
await part('jobs', () => jobs(spaceId, fileId, ids))
await part('account', account)
await part('environments', environments)
await part('users', () => users(spaceId))
await part('guests', () => guests(spaceId))
await part('secrets', () => secrets(spaceId))
await part('actions', () => actions(spaceId, ids))
await part('agents', agents)
await part('apps', apps)
await part('retention', retention)
await part('entitlements', () => entitlements(spaceId))
await part('events', () => events(spaceId))
await part('pages', pages)
await part('besides', () => besides(ids))
await part('rest', () => theRest(spaceId, ids, fileId))

for (const line of report()) console.log(JSON.stringify(line))
process.exit()
