// Loaded before everything (NODE_OPTIONS=--import): the driver has no option for its origin, so requests to PubNub's hosts go to the server.
import http from 'node:http'
import https from 'node:https'

const server = new URL(process.env.FLATFILE_API_URL)
const request = https.request
https.request = function (options, callback) {
  const host = options.hostname ?? options.host ?? ''
  return /^ps\d+\.pndsn\.com$/.test(host)
    ? http.request({ ...options, protocol: 'http:', host: server.hostname, hostname: server.hostname, port: server.port, agent: undefined }, callback)
    : request.call(https, options, callback)
}
