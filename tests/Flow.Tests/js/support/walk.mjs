// Calls client methods by name, checks each answer against its documented shape, and remembers how each method fared.
import { api } from './server.mjs'
import { faultsOfAnswer, operations } from './shape.mjs'

// What the client got, before it reads it: the envelope is checked on this.
let answer
const fetched = globalThis.fetch
globalThis.fetch = async (...request) => {
  const response = await fetched(...request)
  answer = { status: response.status, type: response.headers.get('content-type') ?? '' }
  if (answer.type.includes('json')) answer.text = await response.clone().text()
  // The client would ask again, twice; what is not built stays so.
  if (response.status === 501) throw new Error('not built')
  return response
}

// The client says so when an answer does not fit its types, and goes on.
const warnings = []
console.warn = (...words) => warnings.push(words.map(String).join(' '))

// The client reads agent_id as agentId, and leaves times as text in events it has no type for.
const readOtherwise = /AgentVersion|Event\b/

const nothing = 'nothing0'
const states = new Map()
let last = 'spaces.create'

/** Notes a fault of a method, beside those its answers show by themselves; what is not built, in part or whole, has no faults. */
export function fault(name, detail) {
  const found = states.get(name) ?? { state: 'pass', details: [] }
  if (found.state === 'unbuilt') return
  if (!found.details.includes(detail)) states.set(name, { state: 'fail', details: [...found.details, detail] })
}

/** Notes a fault unless the two are equal as JSON. */
export function same(name, what, actual, expected) {
  const [a, e] = [JSON.stringify(actual), JSON.stringify(expected)]
  if (a !== e) fault(name, `${what} is ${a?.slice(0, 200)} instead of ${e}`)
}

/** Calls `api.<name>(...values)`, checks what comes, and answers it; undefined when the call failed. */
export async function call(name, ...values) {
  const { answer: shape } = operations[name]
  const [resource, method] = name.split('.')
  last = name
  answer = undefined
  warnings.length = 0
  let result
  try {
    result = await api[resource][method](...values)
    if (shape === 'bytes') result = await bytesOf(result)
  } catch (error) {
    if (answer?.status === 501) {
      if (states.get(name)?.state !== 'fail') states.set(name, { state: 'unbuilt', details: JSON.parse(answer.text).errors.map((e) => e.message) })
    } else if (answer?.status !== 404 || !JSON.stringify(values).includes(nothing)) {
      fault(name, `${answer?.status ?? ''} ${error.body?.errors?.map((e) => e.message).join(' ') ?? error.message}`.trim())
    }
    return undefined
  }
  if (!states.has(name)) states.set(name, { state: 'pass', details: [] })
  if (shape === 'bytes') return result
  const faults = faultsOfAnswer(shape, JSON.parse(answer.text))
  for (const warning of warnings.filter((text) => text.includes('validate'))) faults.push(`the client warns: ${warning.replace(/\s+/g, ' ').slice(0, 200)}`)
  if (faults.length === 0 && !readOtherwise.test(shape)) faults.push(...faultsOfAnswer(shape, result, 'Date').map((text) => `in the client ${text}`))
  if (faults.length > 0) fault(name, [...new Set(faults.map((text) => text.replace(/\[\d+\]/g, '[]')))].slice(0, 6).join('; '))
  return shape.startsWith('{') ? result.data : result
}

/** The refusal of a call that must be refused with this status. */
export async function refused(name, status, ...values) {
  const [resource, method] = name.split('.')
  answer = undefined
  try {
    await api[resource][method](...values)
    fault(name, `was not refused with ${status}`)
  } catch (error) {
    if (answer?.status === 501) {
      states.set(name, { state: 'unbuilt', details: JSON.parse(answer.text).errors.map((one) => one.message) })
      return undefined
    }
    if (answer?.status !== status) fault(name, `was refused with ${answer?.status} instead of ${status}`)
    else if (!error.body?.errors?.every((e) => typeof e.message === 'string')) fault(name, `its refusal has no errors list: ${answer.text}`)
    return error
  }
}

/** A method this server answers with a reasoned refusal, whatever it is given. */
export async function refuses(name, status, ...values) {
  const error = await refused(name, status, ...values)
  if (error && !states.has(name)) states.set(name, { state: 'refuses', details: error.body.errors.map((one) => one.message) })
}

/** The id of what a call made; when it could not be made, an id nothing has: the calls after it still say whether they are built, and their 404 is no fault. */
export const idOf = (thing, prefix) => thing?.id ?? prefix + nothing

/** What official packages call though no method of the client stands for it: passes when the given values are equal. */
export async function beside(name, tier, run) {
  operations[name] = { tier }
  states.set(name, { state: 'pass', details: [] })
  try {
    const [actual, expected] = await run()
    same(name, 'the answer', actual, expected)
  } catch (error) {
    if (answer?.status === 501) states.set(name, { state: 'unbuilt', details: [error.message] })
    else fault(name, error.message)
  }
}

/** One line per method of the API: its tier, and how it fared. */
export function report() {
  return Object.entries(operations).map(([method, { tier }]) => {
    const found = states.get(method)
    return { method, tier, state: found?.state ?? 'not called', detail: found?.details.join(' | ') ?? 'answers 404, as nothing here makes what it is for' }
  })
}

async function bytesOf(stream) {
  const chunks = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** A part of the walk that could not go on: the method called last gets the blame. */
export function broke(part, error) {
  fault(last, `the walk of ${part} broke off after it: ${error.stack.split('\n').slice(0, 2).join(' ')}`)
}
