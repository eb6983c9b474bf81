// Named checks: one line of JSON each, read by the test that runs the program.
const said = []

/** What packages wrote to the console, a line each: their words are not output of the program. */
export { said }
for (const level of ['log', 'info', 'warn', 'error', 'dir', 'timeEnd']) console[level] = (...words) => said.push(words.map((word) => (typeof word === 'string' ? word : JSON.stringify(word))).join(' '))

const print = (line) => process.stdout.write(JSON.stringify(line) + '\n')

/** Passes when the two are equal as JSON. */
export function check(name, actual, expected) {
  const [a, e] = [JSON.stringify(actual), JSON.stringify(expected)]
  print(a === e ? { check: name, ok: true } : { check: name, ok: false, detail: `${a?.slice(0, 600)} instead of ${e?.slice(0, 600)}` })
}

/** Runs a group of checks; when it breaks off, that is a failed check, and the program goes on. */
export async function group(name, run) {
  try {
    return await run()
  } catch (error) {
    const refusal = error.body?.errors?.map((one) => one.message).join(' ')
    print({ check: name, ok: false, detail: `broke off: ${refusal ?? error.message} ${error.stack?.split('\n').find((line) => line.includes('/plugins/') || line.includes('/client/'))?.trim() ?? ''}; said: ${said.slice(-5).join(' / ')}` })
  }
}
