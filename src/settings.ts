import { z } from 'zod'

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== ''),
)
const flag = z.enum(['on', 'off', 'true', 'false', '1', '0']).transform((text) => ['on', 'true', '1'].includes(text))
const hostsOr = (isOne: (item: string) => boolean, expected: string) =>
  z.union([flag, list]).refine((given) => typeof given === 'boolean' || given.every(isOne), expected)
/** An address, or one with how many of its first bits count. */
const network = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()])
const base = z
  .string()
  .refine(isBaseUrl, 'a URL of http or https, without ? and #')
  .transform((url) => url.replace(/\/+$/, ''))
const whole = z.string().regex(/^\d+$/, 'a whole number').transform(Number)

const keyPair = z
  .string()
  .regex(/^SK[0-9a-fA-F]{32}:.+$/, 'SK and 32 hexadecimal digits, a colon and the secret')
  .transform((pair) => ({ user: pair.slice(0, KEY_LENGTH), password: pair.slice(KEY_LENGTH + 1) }))
const KEY_LENGTH = 34

/** Every setting by the name of its variable: what it must look like, what becomes of it, and what it is where nothing is said. */
export const Settings = z.object({
  PORT: whole.pipe(z.number().max(65_535)).default(3000),
  HOST: z.string().default('127.0.0.1'),
  PUBLIC_URL: base.optional(),
  DATABASE_URL: z
    .string()
    .refine(isDatabaseUrl, 'sqlite:PATH, or postgres://USER:PASSWORD@HOST:PORT/DATABASE')
    .default('sqlite:./data/trunkline.db'),
  DATABASE_CONNECTIONS: whole.pipe(z.number().min(1)).default(10),
  FLOWS_DIR: z.string().default('flows'),
  FUNCTIONS_DIR: z.string().optional(),
  ASSETS_DIR: z.string().optional(),
  TWILIO_ACCOUNT_SID: z
    .string()
    .regex(/^AC[0-9a-fA-F]{32}$/, 'AC and 32 hexadecimal digits')
    .optional(),
  TWILIO_AUTH_TOKEN: list.pipe(z.array(z.string()).min(1, 'a token, or several with commas between them')).optional(),
  TWILIO_API_KEY: z
    .string()
    .regex(/^SK[0-9a-fA-F]{32}$/, 'SK and 32 hexadecimal digits')
    .optional(),
  TWILIO_API_SECRET: z.string().optional(),
  TWILIO_API_URL: base.optional(),
  FLEX_WORKSPACE_SID: z
    .string()
    .regex(/^WS[0-9a-fA-F]{32}$/, 'WS and 32 hexadecimal digits')
    .optional(),
  TWILIO_REQUESTS_PER_SECOND: whole.pipe(z.number().min(1)).default(100),
  API_KEYS: list.pipe(z.array(keyPair)).default([]),
  CARRIER: z.enum(['twilio', 'simulated']).optional(),
  MESSAGE_REPLIES: z.enum(['twiml', 'rest']).default('twiml'),
  TEMPLATE_TIMEZONE: z.string().refine(isTimeZone, 'a time zone such as Europe/Berlin').default('America/Los_Angeles'),
  TEMPLATE_LOOP_TURNS: whole.pipe(z.number().min(1)).default(15),
  TEMPLATE_OUTPUT_LENGTH: whole.pipe(z.number().min(1)).default(16_384),
  FLOW_FILES: z.enum(['write', 'read-only']).default('write'),
  INBOUND_EXECUTIONS_PER_SECOND: whole.default(100),
  REST_EXECUTIONS_PER_SECOND: whole.default(20),
  FUNCTION_REQUEST_BYTES: whole.pipe(z.number().min(1)).default(1_048_576),
  FUNCTION_HEADER_BYTES: whole.pipe(z.number().min(1)).default(15_360),
  FUNCTION_HEADERS: whole.pipe(z.number().min(1)).default(90),
  EXECUTION_RETENTION_DAYS: whole.pipe(z.number().min(1)).default(30),
  EXECUTION_EVENTS: flag.default(true),
  FUNCTION_TIMEOUT_SECONDS: whole.pipe(z.number().min(1).max(3_600)).default(10),
  FUNCTIONS_AT_ONCE: whole.pipe(z.number().min(1)).default(30),
  FUNCTION_MEMORY_MB: whole.pipe(z.number().min(32)).default(256),
  FUNCTION_ANSWER_BYTES: whole.pipe(z.number().min(1)).default(4_194_304),
  HEADERS_TIMEOUT_SECONDS: whole.pipe(z.number().min(1)).default(10),
  REQUEST_TIMEOUT_SECONDS: whole.pipe(z.number().min(1)).default(30),
  CONNECTIONS_AT_ONCE: whole.pipe(z.number().min(1)).default(2_000),
  MEMORY_PERCENT: whole.pipe(z.number().min(1).max(100)).default(90),
  HTTP_ALLOW_PRIVATE: hostsOr(isHostOrNetwork, 'on, off, or hosts and networks such as crm.local, 10.0.0.0/8').default(
    false,
  ),
  TRUST_PROXY: hostsOr(isProxy, 'on, off, or addresses and networks such as 127.0.0.1, 10.0.0.0/8').default(false),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  LOG_PRETTY: flag.optional(),
  LOG_NUMBERS: flag.default(false),
})

function isDatabaseUrl(text: string): boolean {
  if (text.startsWith('sqlite:')) return true
  if (!URL.canParse(text)) return false
  const { protocol, host } = new URL(text)
  return /^postgres(ql)?:$/.test(protocol) && host !== ''
}

/** Paths are put behind it. */
function isBaseUrl(text: string): boolean {
  return /^https?:\/\/[^?#]+$/i.test(text) && URL.canParse(text)
}

function isHostOrNetwork(text: string): boolean {
  return isNetwork(text) || /^[\p{L}\p{N}._-]+$/u.test(text)
}

/** Besides addresses, fastify knows some by name. */
function isProxy(text: string): boolean {
  return isNetwork(text) || ['loopback', 'linklocal', 'uniquelocal'].includes(text)
}

function isNetwork(text: string): boolean {
  return network.safeParse(text).success
}

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false // the only thing it throws for
  }
}
