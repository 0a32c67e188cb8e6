import { type ReactNode, useEffect, useRef } from 'react'

/** What a dialog is made of. */
interface DialogProps {
  readonly title: string
  readonly size?: 'wide'
  readonly children: ReactNode
  onClose(): void
}

/** A dialog over the page, open as long as it is rendered. */
export function Dialog({ title, size, children, onClose }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} className={`dialog ${size ?? ''}`} aria-label={title} onClose={onClose}>
      {children}
    </dialog>
  )
}
