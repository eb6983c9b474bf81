// A proxy on a free port that notes each PUT with the rows it carried, whatever transport a package uses.
import http from 'node:http'
import { gunzipSync } from 'node:zlib'

export async function recordPuts(target) {
  const puts = []
  const server = http.createServer((request, response) => {
    const chunks = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks)
      if (request.method === 'PUT') {
        const text = request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body
        puts.push({ url: request.url, rows: JSON.parse(text.toString('utf8')) })
      }
      const headers = { ...request.headers, host: new URL(target).host }
      const forward = http.request(new URL(request.url, target), { method: request.method, headers }, (answer) => {
        response.writeHead(answer.statusCode, answer.headers)
        answer.pipe(response)
      })
      forward.on('error', (error) => response.destroy(error))
      forward.end(body)
    })
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${server.address().port}`, puts, close: () => server.close() }
}
