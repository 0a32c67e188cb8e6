/** Whether what has the focus takes text, so that keys and the clipboard are its own. */
export function isTyping(): boolean {
  const focused = document.activeElement
  if (focused instanceof HTMLElement && focused.isContentEditable) return true
  if (focused instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'file'].includes(focused.type)
  return focused instanceof HTMLTextAreaElement || focused instanceof HTMLSelectElement
}

/** Whether a dialog is open, which has the keys then. */
export function isInDialog(): boolean {
  return document.querySelector('dialog[open]') !== null
}
