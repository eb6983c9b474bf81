// An event driver of the kind the listener asks for: polls GET /v1/events and dispatches each event once, in order.
import { EventDriver } from '@flatfile/listener'

export class EventsDriver extends EventDriver {
  constructor(environmentId) {
    super()
    this.environmentId = environmentId
    this.seen = new Set()
    this.since = new Date()
    this.stopped = false
  }

  /** Runs until stop(). An event is handed over without waiting for the handlers of the one before it, as Flatfile's own driver does. */
  async start() {
    const handling = new Set()
    while (!this.stopped) {
      for (const event of await this.newer()) {
        const one = Promise.resolve(this.handler.dispatchEvent(event)).finally(() => handling.delete(one))
        handling.add(one)
      }
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    await Promise.all(handling)
  }

  async newer() {
    const url = `${process.env.FLATFILE_API_URL}/v1/events?environmentId=${this.environmentId}` +
      `&includeAcknowledged=true&since=${encodeURIComponent(this.since.toISOString())}`
    const answer = await fetch(url, { headers: { Authorization: `Bearer ${process.env.FLATFILE_BEARER_TOKEN}` } })
    if (!answer.ok) throw new Error(`GET /events answered ${answer.status}: ${await answer.text()}`)
    const events = (await answer.json()).data.filter((event) => !this.seen.has(event.id))
    for (const event of events) this.seen.add(event.id)
    return events
  }

  stop() {
    this.stopped = true
  }
}
