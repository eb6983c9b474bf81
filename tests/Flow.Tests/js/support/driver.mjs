// An event driver of the kind the listener asks for: polls GET /v1/events and dispatches each event once, in order.
import { EventDriver } from '@flatfile/listener'

export class EventsDriver extends EventDriver {
  constructor(environmentId) {
    super()
    this.environmentId = environmentId
    this.seen = new Set()
    this.since = new Date(Date.now() - 5000)
    this.stopped = false
  }

  async start() {
    while (!this.stopped) {
      const url = `${process.env.FLATFILE_API_URL}/v1/events?environmentId=${this.environmentId}` +
        `&includeAcknowledged=true&since=${encodeURIComponent(this.since.toISOString())}`
      const answer = await fetch(url, { headers: { Authorization: `Bearer ${process.env.FLATFILE_BEARER_TOKEN}` } })
      if (!answer.ok) throw new Error(`GET /events answered ${answer.status}: ${await answer.text()}`)
      for (const event of (await answer.json()).data) {
        if (!this.seen.has(event.id)) {
          this.seen.add(event.id)
          await this.handler.dispatchEvent(event)
        }
      }
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }

  stop() {
    this.stopped = true
  }
}
