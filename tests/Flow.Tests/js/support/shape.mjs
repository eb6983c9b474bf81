// Says in which places a value differs from the shape the API documents for it. The shapes are data: api.json.
import { readFileSync } from 'node:fs'

const { operations, models, unions, enums, aliases, prefixes } = JSON.parse(readFileSync(new URL('./api.json', import.meta.url), 'utf8'))
export { operations }

const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
const show = (value) => (JSON.stringify(value) ?? String(value)).slice(0, 60)

const primitives = {
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  object: isObject,
  null: (value) => value === null || value === undefined,
  any: () => true
}

/** Faults of a whole answer body against the answer column of an operation, such as `{data: Space[], pagination?}`. */
export function faultsOfAnswer(answer, body, times = 'text') {
  if (answer === 'Success') return isObject(body) ? (body.data?.success === true ? [] : [`data.success is ${show(body.data?.success)} instead of true`]) : ['the body is no object']
  if (!answer.startsWith('{')) return faultsOf(answer, body, '', times)
  if (!isObject(body)) return [`the body is ${show(body)} instead of an object`]
  const faults = []
  for (const part of splitTop(answer.slice(1, -1), ',')) {
    const [name, type] = part.split(/:(.*)/s).map((text) => text.trim())
    if (name === 'data') faults.push(...faultsOf(type, body.data, 'data', times))
    else if (name === 'pagination?' || name === 'pagination') faults.push(...faultsOfPagination(body))
    else if (name === 'success' && body.success !== true) faults.push(`success is ${show(body.success)} instead of true`)
  }
  return faults
}

/** Faults of one value against a type, such as `Sheet[]` or `map<string, CellValue>`. Times are ISO text on the wire and Dates in the client. */
export function faultsOf(type, value, path, times = 'text') {
  const options = splitTop(type, '|')
  if (options.length > 1) {
    const tries = options.map((option) => faultsOf(option, value, path, times))
    return tries.some((faults) => faults.length === 0) ? [] : [`${path} is ${show(value)}, which is none of ${type}`]
  }
  type = type.trim()
  if (type.endsWith('[]')) {
    if (!Array.isArray(value)) return [`${path} is ${show(value)} instead of a list`]
    return value.flatMap((item, index) => faultsOf(type.slice(0, -2).replace(/^\((.*)\)$/, '$1').replace(' or ', '|'), item, `${path}[${index}]`, times))
  }
  const map = /^map<string, (.*)>$/.exec(type)
  if (map) {
    if (!isObject(value)) return [`${path} is ${show(value)} instead of an object`]
    return Object.entries(value).flatMap(([key, item]) => faultsOf(map[1], item, `${path}.${key}`, times))
  }
  if (type.startsWith('"')) return value === JSON.parse(type) ? [] : [`${path} is ${show(value)} instead of ${type}`]
  if (type === 'datetime') {
    const right = times === 'Date' ? value instanceof Date && !isNaN(value) : typeof value === 'string' && isoTime.test(value)
    return right ? [] : [`${path} is ${show(value)} instead of a time (${times === 'Date' ? 'Date' : 'ISO text with Z'})`]
  }
  if (primitives[type]) return primitives[type](value) ? [] : [`${path} is ${show(value)} instead of ${type}`]
  if (aliases[type]) return faultsOf(aliases[type], value, path, times)
  if (enums[type]) return enums[type].includes(value) ? [] : [`${path} is ${show(value)}, which is no ${type}`]
  if (prefixes[type]) return typeof value === 'string' && value.startsWith(prefixOf(type, path)) ? [] : [`${path} is ${show(value)}, which is no ${type}`]
  if (unions[type]) {
    if (!isObject(value)) return [`${path} is ${show(value)} instead of ${type}`]
    const variant = unions[type].variants[value[unions[type].by]]
    return variant ? faultsOfMembers(variant, value, path, times) : [`${path}.${unions[type].by} is ${show(value[unions[type].by])}, which ${type} does not have`]
  }
  if (models[type]) return isObject(value) ? faultsOfMembers(models[type], value, path, times) : [`${path} is ${show(value)} instead of ${type}`]
  throw new Error(`api.json does not say what ${type} is`)
}

// A member name ends in ! when it is mandatory; others may be missing or null.
function faultsOfMembers(members, value, path, times) {
  return Object.entries(members).flatMap(([member, type]) => {
    const mandatory = member.endsWith('!')
    const name = mandatory ? member.slice(0, -1) : member
    const found = value[name]
    const at = path ? `${path}.${name}` : name
    if (found === undefined || found === null) return mandatory && !(type === 'any') ? [`${at} is missing`] : []
    return faultsOf(type, found, at, times)
  })
}

function faultsOfPagination({ data, pagination }) {
  const faults = faultsOf('Pagination', pagination, 'pagination')
  if (faults.length === 0 && pagination.totalCount < data.length) faults.push(`pagination.totalCount is ${pagination.totalCount}, and there are ${data.length} items`)
  return faults
}

// Whoever made or changed a thing may be a user, a guest, an agent or a key, whatever the type says.
const prefixOf = (type, path) => (/(By|actorId)$/.test(path) || (type === 'UserId' && /By(UserId)?$/.test(path)) ? 'us_' : prefixes[type])

function splitTop(text, separator) {
  const parts = []
  let depth = 0
  let start = 0
  for (let i = 0; i < text.length; i++) {
    if ('<({'.includes(text[i])) depth++
    else if ('>)}'.includes(text[i])) depth--
    else if (text[i] === separator && depth === 0) {
      parts.push(text.slice(start, i))
      start = i + 1
    }
  }
  parts.push(text.slice(start))
  return parts
}
