// A listener with plugins, fed with the events of the server.
import { FlatfileListener } from '@flatfile/listener'
import { StreamDriver } from './driver.mjs'
import { api, environmentId, until } from './server.mjs'

export async function listening(...plugins) {
  const listener = new FlatfileListener()
  const events = []
  listener.on('**', (event) => { events.push(event) })
  for (const plugin of plugins) listener.use(plugin)
  const driver = new StreamDriver(environmentId)
  listener.mount(driver)
  await driver.start()
  return {
    driver,
    /** The events so far with this topic and, in context or payload, these values. */
    got: (topic, values = {}) => events.filter((event) => event.topic === topic && Object.entries(values).every(([key, value]) => event.context[key] === value || event.payload[key] === value)),
    /** Waits for them. */
    async waitFor(topic, values = {}, count = 1, seconds = 30) {
      return until(`${count} ${topic} ${JSON.stringify(values)}`, () => {
        const found = this.got(topic, values)
        return found.length >= count ? found : undefined
      }, seconds)
    },
    stop: () => driver.stop()
  }
}

/** A space, a workbook in it that tracks changes, and one sheet. */
export async function spaceWithSheet(name, fields, more = {}) {
  const { data: space } = await api.spaces.create({ name, environmentId })
  const { data: workbook } = await api.workbooks.create({ name, spaceId: space.id, environmentId, settings: { trackChanges: true }, sheets: [{ name, slug: name, fields, ...more }] })
  return { spaceId: space.id, workbookId: workbook.id, sheetId: workbook.sheets[0].id }
}

/** Waits until hooks have completed every commit of a sheet. */
export const settled = (sheetId) => until('the hooks to complete the commits', async () => (await api.sheets.getSheetCommits(sheetId, { completed: false })).data.length === 0)

/** The records of a sheet, as objects of plain values. */
export async function rowsOf(sheetId) {
  const { data } = await api.records.get(sheetId)
  return data.records.map((record) => Object.fromEntries(Object.entries(record.values).map(([key, cell]) => [key, cell.value ?? null])))
}
