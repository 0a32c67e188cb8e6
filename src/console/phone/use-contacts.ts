import { useState } from 'react'
import type { Moved, Phones } from '../ask/phones.ts'

/** Whose phones are in use, and whose is shown. */
export interface Contacts {
  /** Addresses, in the order in which they were added. */
  readonly added: readonly string[]
  readonly shown: string | undefined
  show(contact: string): void
  /** Adds a contact and shows its phone; undefined where no more are given out. */
  readonly add: (() => void) | undefined
}

/** The contacts that try a flow, one at first; has the executions followed of the one that is shown. */
export function useContacts(phones: Phones | undefined, follow: (execution: string | undefined) => void) {
  const [count, setCount] = useState(1)
  const [chosen, setChosen] = useState<string>()
  const [executions, setExecutions] = useState<ReadonlyMap<string, string>>(new Map())
  const addresses = phones?.contacts.map(({ address }) => address) ?? []
  const [first] = addresses
  const shown = chosen ?? first

  const show = (contact: string) => {
    setChosen(contact)
    follow(executions.get(contact))
  }
  const moved = ({ sid, contact }: Moved) => {
    setExecutions((before) => new Map([...before, [contact, sid]]))
    if (contact === shown) follow(sid)
  }
  const next = addresses[count]
  const add =
    next === undefined
      ? undefined
      : () => {
          setCount(count + 1)
          show(next)
        }
  return { added: addresses.slice(0, count), shown, show, add, moved }
}
