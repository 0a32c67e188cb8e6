import type { Widget } from '../engine/widget.ts'
import { addTwimlRedirect } from './add-twiml-redirect.ts'
import { capturePayments } from './capture-payments.ts'
import { connectCallTo } from './connect-call-to.ts'
import { connectVirtualAgent } from './connect-virtual-agent.ts'
import { connectVirtualAgentV2 } from './connect-virtual-agent-v2.ts'
import { enqueueCall } from './enqueue-call.ts'
import { forkStream } from './fork-stream.ts'
import { gatherInputOnCall } from './gather-input-on-call.ts'
import { makeHttpRequest } from './make-http-request.ts'
import { makeOutgoingCallV1 } from './make-outgoing-call-v1.ts'
import { makeOutgoingCallV2 } from './make-outgoing-call-v2.ts'
import { recordCall } from './record-call.ts'
import { recordVoicemail } from './record-voicemail.ts'
import { resumeConversation } from './resume-conversation.ts'
import { runConversationRelay } from './run-conversation-relay.ts'
import { runFunction } from './run-function.ts'
import { runFunctionV2 } from './run-function-v2.ts'
import { runSubflow } from './run-subflow.ts'
import { sayPlay } from './say-play.ts'
import { sendAndWaitForReply } from './send-and-wait-for-reply.ts'
import { sendMessage } from './send-message.ts'
import { sendToFlex } from './send-to-flex.ts'
import { setVariables } from './set-variables.ts'
import { splitBasedOn } from './split-based-on.ts'
import { startConversation } from './start-conversation.ts'
import { trigger } from './trigger.ts'

/** Every type of widget that runs here, in the order of the documentation. */
export const widgets: readonly Widget[] = [
  trigger,
  splitBasedOn,
  setVariables,
  sendMessage,
  sendAndWaitForReply,
  startConversation,
  resumeConversation,
  makeHttpRequest,
  runFunction,
  runFunctionV2,
  runSubflow,
  sayPlay,
  gatherInputOnCall,
  connectCallTo,
  makeOutgoingCallV2,
  makeOutgoingCallV1,
  recordVoicemail,
  recordCall,
  enqueueCall,
  sendToFlex,
  capturePayments,
  forkStream,
  connectVirtualAgent,
  connectVirtualAgentV2,
  runConversationRelay,
  addTwimlRedirect,
]

/** The same by type: the catalogue that flows are read, judged and compiled with. */
export const catalogue: ReadonlyMap<string, Widget> = new Map(widgets.map((widget) => [widget.type, widget]))
