// An event driver for Flatfile's listener: follows GET /v1/events/stream, and after a broken connection goes on where it was.
import { EventDriver } from '@flatfile/listener'

export class StreamDriver extends EventDriver {
  #environmentId
  #place
  #connection
  #stopped = false
  #following
  #handling = new Set()

  constructor(environmentId) {
    super()
    this.#environmentId = environmentId
  }

  /** Done when the server follows: events from then on arrive, each once and in order. */
  async start() {
    const answer = await this.#connect()
    await new Promise((placed, failed) => {
      this.#following = this.#follow(answer, placed)
      this.#following.catch(failed)
    })
  }

  /** Done when no handler is at work any more. */
  async stop() {
    this.#stopped = true
    this.#connection.abort()
    await this.#following
    await Promise.all(this.#handling)
  }

  /** Cuts the connection, as networks do. */
  cut() {
    this.#connection.abort()
  }

  async #connect() {
    this.#connection = new AbortController()
    const answer = await fetch(`${process.env.FLATFILE_API_URL}/v1/events/stream?environmentId=${this.#environmentId}`, {
      signal: this.#connection.signal,
      headers: { Authorization: `Bearer ${process.env.FLATFILE_BEARER_TOKEN}`, ...(this.#place ? { 'Last-Event-ID': this.#place } : {}) }
    })
    if (!answer.ok) throw new Error(`GET /events/stream answered ${answer.status}: ${await answer.text()}`)
    return answer
  }

  async #follow(answer, placed) {
    while (!this.#stopped) {
      try {
        answer ??= await this.#connect()
        await this.#read(answer, placed)
      } catch (error) {
        if (!this.#connection.signal.aborted) throw error
      }
      answer = undefined
    }
  }

  // Lines `id:` and `data:`, an empty line after each message; a message without data only says the place.
  async #read(answer, placed) {
    const message = {}
    let rest = ''
    for await (const text of answer.body.pipeThrough(new TextDecoderStream())) {
      const lines = (rest + text).split('\n')
      rest = lines.pop()
      for (const line of lines) {
        if (line !== '') {
          const colon = line.indexOf(': ')
          message[line.slice(0, colon)] = line.slice(colon + 2)
        } else {
          if (message.data) this.#dispatch(JSON.parse(message.data))
          this.#place = message.id ?? this.#place
          delete message.data
          placed()
        }
      }
    }
  }

  // Without waiting for the handlers of the event before it, as Flatfile's own driver does.
  #dispatch(event) {
    const one = Promise.resolve(this.handler.dispatchEvent(event)).finally(() => this.#handling.delete(one))
    this.#handling.add(one)
  }
}
