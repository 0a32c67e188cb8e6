import { listFlows } from '../ask/flows.ts'
import { CopyText } from '../parts/copy-text.tsx'
import { Told } from '../parts/told.tsx'
import { useAsked } from '../parts/use-asked.ts'
import '../styles/pages.css'
import '../styles/small-pages.css'
import { PageHead } from './page-head.tsx'

/** Says what to paste where, so that a number of the carrier's reaches a flow. */
export function ConnectPage() {
  const { answer, error } = useAsked(listFlows)
  return (
    <div className="page">
      <PageHead page="connect" />
      <main className="page-body prose">
        <h1>Connect a number</h1>
        <ol>
          <li>
            Make this server reachable from outside: behind your reverse proxy, or while you try it by a tunnel such as{' '}
            <code>cloudflared tunnel --url {location.origin}</code>. Set <code>PUBLIC_URL</code> to that address, and{' '}
            <code>TWILIO_ACCOUNT_SID</code> and <code>TWILIO_AUTH_TOKEN</code> to your account's.
          </li>
          <li>
            In Twilio's console open <b>Phone Numbers, Manage, Active numbers</b> and choose the number.
          </li>
          <li>
            Under <b>Voice</b>, “A call comes in”: choose <b>Webhook</b>, paste the URL of the flow, method{' '}
            <b>HTTP POST</b>. Paste the same URL at “Call status changes”: that is how the end of a call is known.
          </li>
          <li>
            Under <b>Messaging</b>, “A message comes in”: the same URL, method <b>HTTP POST</b>.
          </li>
        </ol>
        <h2>Webhook URLs</h2>
        {error !== undefined && <Told error={error} />}
        <dl className="webhooks">
          {answer?.flows.map(({ sid, friendly_name, webhook_url }) => (
            <div key={sid}>
              <dt>{friendly_name}</dt>
              <dd>
                <CopyText text={webhook_url} what={`the webhook URL of ${friendly_name}`} />
              </dd>
            </div>
          ))}
        </dl>
      </main>
    </div>
  )
}
