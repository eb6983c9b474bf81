// The server under test, as `./agent env` describes it, and the official client for it.
import apiPackage from '@flatfile/api'
const { FlatfileClient } = apiPackage

export const apiUrl = process.env.FLATFILE_API_URL
export const token = process.env.FLATFILE_BEARER_TOKEN
export const environmentId = process.env.FLATFILE_ENVIRONMENT_ID
export const api = new FlatfileClient({ token, apiUrl })

/** Asks until the answer is truthy, and says what it waited for when it never is. */
export async function until(what, question, seconds = 30) {
  const end = Date.now() + seconds * 1000
  for (;;) {
    const answer = await question()
    if (answer) return answer
    if (Date.now() > end) throw new Error(`waited ${seconds} s for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** Every item of a paged list. */
export async function all(list, request = {}) {
  const items = []
  for (let pageNumber = 1; ; pageNumber++) {
    const { data, pagination } = await list({ ...request, pageSize: 100, pageNumber })
    items.push(...data)
    if (pageNumber >= (pagination?.pageCount ?? 1)) return items
  }
}
