// The official delimiter extractor on one file: prints the seconds from the end of the upload to the end of its job, and the process's peak memory.
import { createRequire } from 'node:module'
import { openAsBlob } from 'node:fs'
import { pathToFileURL } from 'node:url'
const require = createRequire(process.cwd() + '/')
const { DelimiterExtractor } = require('@flatfile/plugin-delimiter-extractor')
const { listening } = await import(pathToFileURL(process.cwd() + '/support/listening.mjs'))
const { api, environmentId } = await import(pathToFileURL(process.cwd() + '/support/server.mjs'))

const { data: space } = await api.spaces.create({ name: 'Official', environmentId })
const listener = await listening(DelimiterExtractor('.csv', { delimiter: ',' }))
const { data: uploaded } = await api.files.upload(new File([await openAsBlob(process.argv[2])], 'generated.csv'), { spaceId: space.id, environmentId })
const begun = performance.now()
for (;;) {
  const job = (await api.jobs.list({ fileId: uploaded.id, pageSize: 10 })).data.find((one) => ['complete', 'failed'].includes(one.status))
  if (job) {
    const { data: file } = await api.files.get(uploaded.id)
    const rows = job.status === 'complete' && (await api.sheets.getRecordCounts((await api.workbooks.get(file.workbookId)).data.sheets[0].id)).data.counts.total
    process.stdout.write(JSON.stringify({ status: job.status, rows, seconds: (performance.now() - begun) / 1000, peakBytes: process.resourceUsage().maxRSS * 1024 }) + '\n')
    break
  }
  await new Promise((resolve) => setTimeout(resolve, 250))
}
await listener.stop()
process.exit(0)
