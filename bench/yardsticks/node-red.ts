import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FLOW_PATH } from '../talk.ts'

// g1: Node-RED doing the same step: its context is in memory and the signature is not checked.
const folder = process.env.NODE_RED ?? join(tmpdir(), 'trunkline-node-red')
const INSTALL_MS = 180_000 // a registry may not answer
if (!existsSync(join(folder, 'node_modules/node-red'))) install()

/** It is no dependency of ours: hundreds of packages for one figure. */
function install(): void {
  mkdirSync(folder, { recursive: true })
  const words = ['install', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', 'node-red@4']
  execFileSync('npm', words, { stdio: 'ignore', timeout: INSTALL_MS })
}

const FUNCTION = `const sessions = flow.get('sessions') || {}
const { CallSid, From, Digits, Body } = msg.payload
const key = CallSid || From
sessions[key] = { ...sessions[key], digits: Digits || Body }
flow.set('sessions', sessions)
msg.digits = sessions[key].digits
msg.action = 'http://127.0.0.1${FLOW_PATH}?call=' + key
msg.headers = { 'content-type': 'text/xml' }
return msg`
const TWIML =
  '<?xml version="1.0" encoding="UTF-8"?><Response><Gather action="{{{action}}}" numDigits="1"><Say>You pressed {{digits}}. Press 1</Say></Gather></Response>'
const NODES = [
  { id: 'tab', type: 'tab', label: 'loop' },
  { id: 'in', type: 'http in', z: 'tab', url: FLOW_PATH, method: 'post', wires: [['remember']] },
  { id: 'remember', type: 'function', z: 'tab', func: FUNCTION, outputs: 1, wires: [['which']] },
  {
    id: 'which',
    type: 'switch',
    z: 'tab',
    property: 'digits',
    propertyType: 'msg',
    rules: [{ t: 'eq', v: '1', vt: 'str' }, { t: 'else' }],
    outputs: 2,
    wires: [['ask'], ['ask']],
  },
  {
    id: 'ask',
    type: 'template',
    z: 'tab',
    field: 'payload',
    format: 'html',
    syntax: 'mustache',
    template: TWIML,
    wires: [['out']],
  },
  { id: 'out', type: 'http response', z: 'tab', wires: [] },
]

const userDir = join(folder, 'flows')
mkdirSync(userDir, { recursive: true })
writeFileSync(join(userDir, 'flows.json'), JSON.stringify(NODES))
const RED = createRequire(join(folder, 'package.json'))('node-red')
const server = createServer((request, response) => RED.httpNode(request, response))
const logging = { console: { level: 'error', metrics: false, audit: false } }
RED.init(server, { userDir, flowFile: 'flows.json', httpAdminRoot: false, httpNodeRoot: '/', logging })
await RED.start()
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address !== null && typeof address !== 'string')
    setTimeout(() => console.log(`http://127.0.0.1:${address.port}`), 1_000)
})
