import { useEffect, useEffectEvent, useReducer, useState } from 'react'
import { type Act, actOn, closePhones, openPhones, type Phones, watchPhones } from '../ask/phones.ts'
import { BLANK, type Screen, screenAfter } from './screen.ts'

/** A phone, and what can be done with it. */
export interface Phone {
  readonly phones: Phones | undefined
  readonly screen: Screen
  readonly error: unknown
  act(act: Act): Promise<void>
}

/** A phone for a flow, given back when it is no longer shown. */
export function usePhone(flow: string, onMoved: (execution: string) => void): Phone {
  const [phones, setPhones] = useState<Phones>()
  const [error, setError] = useState<unknown>()
  const [screen, happened] = useReducer(screenAfter, BLANK)
  const moved = useEffectEvent(onMoved)

  useEffect(() => {
    let end: (() => void) | undefined
    let isWanted = true
    const begun = openPhones(flow)
    begun.then((opened) => {
      if (!isWanted) return
      setPhones(opened)
      const closed = () => setError(new Error('The phone was taken back, for it was not used for too long.'))
      end = watchPhones(opened.sid, { happened, moved: (execution) => moved(execution), closed })
    }, setError)
    return () => {
      isWanted = false
      end?.()
      begun.then(({ sid }) => closePhones(sid)).catch(() => undefined) // it is gone by itself soon
    }
  }, [flow])

  const act = async (one: Act) => {
    if (!phones) return
    setError(undefined)
    await actOn(phones.sid, one).catch(setError)
  }
  return { phones, screen, error, act }
}
