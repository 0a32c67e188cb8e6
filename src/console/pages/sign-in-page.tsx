import { type SubmitEvent, useState } from 'react'
import { signIn } from '../ask/session.ts'
import { Dialog } from '../parts/dialog.tsx'
import { Told } from '../parts/told.tsx'
import '../styles/pages.css'

interface SignInProps {
  onSignedIn(): void
}

/** Asks who is there, before anything is shown. */
export function SignInPage(props: SignInProps) {
  return (
    <main className="sign-in">
      <SignInForm {...props} />
    </main>
  )
}

/** Asks once more, over a page on which something may wait to be saved. */
export function SignInDialog(props: SignInProps) {
  return (
    <Dialog title="Sign in again" onClose={props.onSignedIn}>
      <SignInForm {...props} />
    </Dialog>
  )
}

function SignInForm({ onSignedIn }: SignInProps) {
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const [error, setError] = useState<unknown>()
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    signIn(username, password).then(onSignedIn, setError)
  }
  return (
    <form onSubmit={submit}>
      <h1>Trunkline</h1>
      <label className="field">
        <span className="label">Account SID or API key</span>
        <input
          className="input"
          autoComplete="username"
          required
          value={username}
          onChange={({ target }) => setUsername(target.value)}
        />
      </label>
      <label className="field">
        <span className="label">Auth token or secret</span>
        <input
          className="input"
          type="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={({ target }) => setPassword(target.value)}
        />
      </label>
      {error !== undefined && <Told error={error} />}
      <button type="submit" className="button primary">
        Sign in
      </button>
    </form>
  )
}
