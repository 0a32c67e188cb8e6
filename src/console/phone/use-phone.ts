import { useEffect, useEffectEvent, useReducer, useState } from 'react'
import { type Act, actOn, closePhones, openPhones, type Phones, watchPhones } from '../ask/phones.ts'
import { BLANK, type Screen, screensAfter } from './screen.ts'
import { type Contacts, useContacts } from './use-contacts.ts'

/** Phones, the one that is shown, and what can be done with it. */
export interface Phone extends Contacts {
  /** What the phone that is shown shows. */
  readonly screen: Screen
  readonly error: unknown
  act(act: Act): Promise<void>
}

/** Phones for a flow, given back when they are no longer shown; has the executions followed of the one that is shown. */
export function usePhone(flow: string, follow: (execution: string | undefined) => void): Phone {
  const [phones, setPhones] = useState<Phones>()
  const [error, setError] = useState<unknown>()
  const [screens, happened] = useReducer(screensAfter, new Map())
  const { moved: contactMoved, ...contacts } = useContacts(phones, follow)
  const moved = useEffectEvent(contactMoved)

  useEffect(() => {
    let end: (() => void) | undefined
    let isWanted = true
    const begun = openPhones(flow)
    begun.then((opened) => {
      if (!isWanted) return
      setPhones(opened)
      const closed = (reason: string) =>
        setError(new Error(`The phone was taken back: ${reason}. Put it away, and take it again by Try it.`))
      end = watchPhones(opened.sid, { happened, moved: (execution) => moved(execution), closed })
    }, setError)
    return () => {
      isWanted = false
      end?.()
      begun.then(({ sid }) => closePhones(sid)).catch(() => undefined) // it is gone by itself soon
    }
  }, [flow])

  const act = async (one: Act) => {
    if (!phones || contacts.shown === undefined) return
    setError(undefined)
    await actOn(phones.sid, { ...one, contact: contacts.shown }).catch(setError)
  }
  return { ...contacts, screen: screens.get(contacts.shown ?? '') ?? BLANK, error, act }
}
