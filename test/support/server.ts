import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { InjectOptions } from 'fastify'
import { onTestFinished } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { openParts, type Parts } from '../../src/parts.ts'
import type { Substitutes } from '../../src/substitutes.ts'
import { emptyDatabase } from './database.ts'

/** A file name without `.json`, and the definition in it. */
export type FlowFiles = Readonly<Record<string, unknown>>

/** A folder with these flow files, under the system's temporary folder. */
export function folderOf(files: FlowFiles): string {
  const folder = mkdtempSync(join(tmpdir(), 'trunkline-'))
  for (const [name, flow] of Object.entries(files)) {
    writeFileSync(join(folder, `${name}.json`), typeof flow === 'string' ? flow : JSON.stringify(flow))
  }
  return folder
}

/** A Trunkline that serves these flows, closed when the test is over; it listens nowhere. */
export async function serving(
  files: FlowFiles,
  settings: Record<string, string> = {},
  substitutes: Substitutes = {},
): Promise<Parts> {
  const folder = folderOf(files)
  const DATABASE_URL = await emptyDatabase()
  const environment = { FLOWS_DIR: folder, DATABASE_URL, LOG_LEVEL: 'silent', ...settings }
  const parts = await openParts(readConfig(environment, folder), substitutes)
  onTestFinished(() => parts.close())
  return parts
}

/** What a phone network posts. */
export function form(params: Record<string, string>, url: string, headers: Record<string, string> = {}): InjectOptions {
  return {
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    payload: new URLSearchParams(params).toString(),
  }
}

/** The parameters of a call, ringing. */
export function call(params: Record<string, string> = {}): Record<string, string> {
  return {
    CallSid: 'CA1',
    AccountSid: 'AC1',
    From: '+15550001',
    To: '+15550002',
    CallStatus: 'ringing',
    Direction: 'inbound',
    ApiVersion: '2010-04-01',
    ...params,
  }
}

/** The parameters of a message just received. */
export function message(params: Record<string, string> = {}): Record<string, string> {
  return {
    MessageSid: 'SM1',
    SmsSid: 'SM1',
    AccountSid: 'AC1',
    From: '+15550001',
    To: '+15550002',
    Body: 'hello',
    NumMedia: '0',
    SmsStatus: 'received',
    ...params,
  }
}

/** The path and query of the first URL in an answer's attribute or element: where the carrier goes next. */
export function urlIn(twiml: string, where: 'action' | 'Redirect' | 'statusCallback'): string {
  const pattern = where === 'Redirect' ? /<Redirect[^>]*>([^<]*)</ : new RegExp(`${where}="([^"]*)"`)
  const url = pattern.exec(twiml)?.[1]
  if (!url) throw new Error(`no ${where} in ${twiml}`)
  const { pathname, search } = new URL(url.replaceAll('&amp;', '&'))
  return pathname + search
}
