import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseTwiml } from '../../../src/simulator/document/document.ts'
import { problemsOf } from '../../../src/simulator/grammar/problems.ts'
import type { Problem } from '../../../src/simulator/problem.ts'

const BASE = 'https://a.example/here'

/** The problems of a document with these verbs, as code and level; the whole ones where `parseTwiml` refuses it. */
function problemsIn(verbs: string, kind: 'voice' | 'message' = 'voice', base: string | undefined = BASE) {
  const document = parseTwiml(`<Response>${verbs}</Response>`, base)
  return 'code' in document ? [document] : problemsOf(document, kind)
}

const WORKFLOW = `WW${'0'.repeat(32)}`

describe('a sound call document', () => {
  test.each([
    '',
    '<!-- nothing -->',
    '<Say>Hi</Say>',
    '<Say voice="Polly.Joanna-Neural" language="en-US" loop="0">Hi</Say>',
    '<Say voice="Google.en-US-Chirp3-HD-Aoede">Hi</Say>',
    '<Say voice="Polly.Mía-Generative">Hi</Say>',
    '<Say><p><s>A <w role="amazon:VB">b</w></s></p> <prosody rate="80%" volume="+6dB" pitch="x-low"><lang xml:lang="fr-FR">c</lang></prosody></Say>',
    '<Say><break strength="weak" time="500ms"/><emphasis level="strong">a</emphasis><sub alias="b">c</sub></Say>',
    '<Say><phoneme alphabet="ipa" ph="a">a</phoneme><say-as interpret-as="date" format="mdy">1/2/26</say-as></Say>',
    `<Say>${'a'.repeat(4_096)}</Say>`,
    '<Play>\n  https://a.example/a.mp3\n</Play>',
    '<Play>a.mp3</Play>',
    '<Say voice="Google.de-DE-Wavenet-A" language="de-DE">Hi</Say>',
    '<Say voice="Google.fr-FR-Neural2-B">Hi</Say>',
    '<Say voice="Polly.Vicki" language="de-DE">Hi</Say>',
    '<Play digits="1w2W#*A"/>',
    '<Pause/><Pause length="3"/>',
    '<Gather/>',
    '<Gather action="" finishOnKey=""><Say>Press</Say><Play>a.mp3</Play><Pause length="1"/></Gather>',
    '<Gather input="speech dtmf" method="get" timeout="auto" numDigits="1" hints="a, b" language="pa-guru-IN" speechTimeout="auto" bargeIn="false"/>',
    '<Gather input="speech" speechModel="deepgram_nova-3" speechTimeout="3" enhanced="true" profanityFilter="false" actionOnEmptyResult="true" partialResultCallback="/p" partialResultCallbackMethod="GET" maxSpeechTime="5"/>',
    '<Record action="/done" timeout="0" finishOnKey="*#" maxLength="120" transcribe="true" transcribeCallback="/t" playBeep="false" trim="do-not-trim" recordingStatusCallback="/r" recordingStatusCallbackEvent="in-progress completed" recordingStatusCallbackMethod="POST"/>',
    '<Dial>+15550100</Dial>',
    '<Dial>\n 415-123-4567 \n</Dial>',
    '<Dial action="/d" timeout="20" timeLimit="60" callerId="client:a" record="record-from-answer-dual" ringTone="us-old" sequential="true" hangupOnStar="true" answerOnBridge="true" callReason="order"><Number sendDigits="ww12" url="/w" statusCallback="/s" statusCallbackEvent="initiated ringing answered completed" machineDetection="Enable" machineDetectionTimeout="3">+15550100</Number></Dial>',
    '<Dial><Client>bob</Client><Client><Identity>eve</Identity><Parameter name="a" value=""/></Client></Dial>',
    '<Dial><Sip username="u" password="p">sip:a@b.example;transport=tls?x-h=1</Sip></Dial>',
    '<Dial><Sip><Uri priority="1" weight="2">sip:a@b.example</Uri><Headers><Header name="X-A" value="1"/></Headers></Sip></Dial>',
    '<Dial><Application copyParentTo="true"><ApplicationSid>AP1</ApplicationSid></Application></Dial>',
    '<Dial><WhatsApp>+15550100</WhatsApp></Dial><Dial><Sim>DE1</Sim></Dial>',
    '<Dial><Conference beep="onEnter" muted="true" waitUrl="" maxParticipants="2" statusCallbackEvent="start end join leave" participantLabel="me">room</Conference></Dial>',
    `<Dial><Queue url="/w">support</Queue></Dial><Dial><Queue reservationSid="WR${'0'.repeat(32)}"/></Dial>`,
    '<Enqueue action="/e" waitUrl="/w" waitUrlMethod="GET" maxQueueSize="10"> support </Enqueue><Leave/>',
    `<Enqueue workflowSid="${WORKFLOW}"><Task priority="-1" timeout="60">{"a": 1}</Task></Enqueue>`,
    '<Hangup/><Reject reason="busy"/><Echo/><Redirect/><Redirect method="Post">/next?a=1</Redirect>',
    '<Refer action="/r"><Sip>sip:a@b.example</Sip></Refer>',
    '<Pay/>',
    '<Pay action="https://a.example/p" chargeAmount="10.99" validCardTypes="visa amex" postalCode="94105"><Prompt for="security-code" attempt="2 3" cardType="visa" errorType="timeout invalid-date"><Say>Again</Say></Prompt><Parameter name="a" value="b"/></Pay>',
    '<Pay paymentMethod="ach-debit" bankAccountType="consumer-savings" currency="jpy" chargeAmount="100"/>',
    '<Connect action="/c"><Stream url="wss://a.example/s" name="s"><Parameter name="a" value="b"/></Stream></Connect>',
    '<Connect><ConversationRelay url="wss://a.example" interruptible="any" welcomeGreeting=""><Language code="sv-SE" ttsProvider="google"/></ConversationRelay></Connect>',
    '<Connect><VirtualAgent connectorName="a"><Config name="a" value="b"/></VirtualAgent></Connect><Connect><Room>r</Room></Connect>',
    '<Start><Stream url="wss://a.example" track="both_tracks"/></Start><Stop><Stream name="s"/></Stop>',
    '<Start><Transcription languageCode="en-US" statusCallbackUrl="/t"/></Start><Start><Recording channels="dual"/></Start><Stop><Siprec name="a"/></Stop>',
    '<Sms to="+15550100" statusCallback="/s">Hi</Sms>',
  ])('%s has no problem', (verbs) => {
    expect(problemsIn(verbs)).toEqual([])
  })
})

describe('a sound answer to a message', () => {
  test.each([
    '',
    '<Message>Hi</Message>',
    '<Message to="whatsapp:+15550100" from="Trunkline" statusCallback="/s" action="/s" method="GET"><Body>Hi</Body></Message>',
    '<Message><Media>https://a.example/a.png</Media></Message>',
    `<Message><Body>${'a'.repeat(1_600)}</Body>${'<Media>https://a.example/a.png</Media>'.repeat(10)}</Message>`,
    '<Sms>Hi</Sms><Redirect>/next</Redirect>',
  ])('%s has no problem', (verbs) => {
    expect(problemsIn(verbs, 'message')).toEqual([])
  })
})

/** Verbs, and the codes that they are told under: `!` marks an error. */
const FLAWED: readonly (readonly [verbs: string, ...codes: string[]])[] = [
  // The schema.
  ['<say>Hi</say>', '12200'],
  ['<Speak>Hi</Speak>', '12200'],
  ['<constructor/><__proto__/>', '12200', '12200'],
  ['<Message>Hi</Message>', '12200'],
  ['<Prompt for="postal-code"/><Queue>a</Queue>', '12200', '12200'],
  ['Hello', '12200'],
  ['<Say speed="1" constructor="2">Hi</Say>', '12200', '12200'],
  ['<Say><s><p>a</p></s></Say>', '12200'],
  ['<Say><break time="soon"/>a</Say>', '12200'],
  ['<Pause>a</Pause>', '12200'],
  ['<Hangup reason="busy"/>', '12200'],
  ['<Dial><Number machineDetection="enable">+15550100</Number></Dial>', '12200'],
  ['<Dial><Number statusCallbackEvent="answered,completed">+15550100</Number></Dial>', '12200'],
  ['<Dial trim="yes" recordingTrack="all"><Client/></Dial>', '12200', '12200', '12200'],
  ['<Refer/>', '12200'],
  ['<Connect/>', '12200'],
  ['<Connect><Room>a</Room><Room>b</Room></Connect>', '12200'],
  ['<Connect><Stream/></Connect>', '12200'],
  ['<Connect><Stream url="ws://127.0.0.1:3000/s"/></Connect>', '12200'],
  // URLs.
  ['<Play/>', '11100!'],
  ['<Play>ftp://a.example/a.mp3</Play>', '11100!'],
  ['<Redirect>http://[a</Redirect>', '11100!'],
  ['<Gather action="mailto:a@b.example"/>', '11100!'],
  ['<Connect><Stream url="https://a.example"/></Connect>', '11100!'],
  ['<Start><Stream url="wss://a.example/?a=1"/></Start>', '11100!'],
  // Dial.
  ['<Dial><Conference>a</Conference><Number>+15550100</Number></Dial>', '13000'],
  ['<Dial><Queue>a</Queue><Queue>b</Queue></Dial>', '13000'],
  ['<Dial method="PUT">+15550100</Dial>', '13210'],
  ['<Dial timeout="soon">+15550100</Dial>', '13212'],
  ['<Dial hangupOnStar="yes">+15550100</Dial>', '13213'],
  ['<Dial callerId="">+15550100</Dial>', '13214'],
  ['<Dial><Say>Hi</Say></Dial>', '13215'],
  [`<Dial>${'<Number>+15550100</Number>'.repeat(11)}</Dial>`, '13215'],
  ['<Dial timeLimit="0">+15550100</Dial>', '13216'],
  ['<Dial record="always">+15550100</Dial>', '13217'],
  ['<Dial sequential="1">+15550100</Dial>', '13218'],
  ['<Dial answerOnBridge="1">+15550100</Dial>', '13219'],
  ['<Dial ringTone="xx">+15550100</Dial>', '13220'],
  ['<Dial><Number method="PUT">+15550100</Number></Dial>', '13221'],
  ['<Dial><Number sendDigits="1,2">+15550100</Number></Dial>', '13222'],
  ['<Dial/>', '13223'],
  ['<Dial>bob</Dial>', '13223'],
  ['<Dial><Number>+1234567890123456</Number></Dial>', '13223'],
  ['<Dial><Conference muted="1">a</Conference></Dial>', '13230'],
  ['<Dial><Conference endConferenceOnExit="1">a</Conference></Dial>', '13231!'],
  ['<Dial><Conference startConferenceOnEnter="1">a</Conference></Dial>', '13232'],
  ['<Dial><Conference waitUrl="http://[a">a</Conference></Dial>', '13233'],
  ['<Dial><Conference waitMethod="PUT">a</Conference></Dial>', '13234'],
  ['<Dial><Conference beep="onenter">a</Conference></Dial>', '13235'],
  ['<Dial><Conference/></Dial>', '13237'],
  ['<Dial><Conference trim="yes">a</Conference></Dial>', '13239!'],
  ['<Dial><Conference coach="bob">a</Conference></Dial>', '13240!'],
  ['<Dial><Sip method="PUT">sip:a@b.example</Sip></Dial>', '13241'],
  ['<Dial><Sip>a@b.example</Sip></Dial>', '13243'],
  [`<Dial><Sip>sip:${'a'.repeat(300)}</Sip></Dial>`, '13243'],
  ['<Dial callerId="+1234567890123456">+15550100</Dial>', '13248'],
  [`<Dial><Sip>${'<Uri>sip:a@b.example</Uri>'.repeat(11)}</Sip></Dial>`, '13250'],
  ['<Dial><Sip>sip:a<Headers><Header name="a b" value=""/></Headers></Sip></Dial>', '13252'],
  [`<Dial><Sip>sip:a<Headers><Header name="a" value="${'b'.repeat(1_024)}"/></Headers></Sip></Dial>`, '13253'],
  ['<Dial recordingStatusCallback="http://[a">+15550100</Dial>', '13256'],
  ['<Dial><Conference participantLabel="a/b">a</Conference></Dial>', '16023!'],
  // Gather.
  ['<Gather finishOnKey="12"/>', '13310'],
  ['<Gather method="PUT"/>', '13312'],
  ['<Gather timeout="-1"/>', '13313'],
  ['<Gather numDigits="0"/>', '13314'],
  ['<Gather><Redirect>/next</Redirect></Gather>', '13320'],
  ['<Gather><Say voice="bob">Hi</Say></Gather>', '13321'],
  ['<Gather><Say loop="x">Hi</Say></Gather>', '13322'],
  ['<Gather><Play digits="1">a.mp3</Play></Gather>', '12200'],
  ['<Gather input="keys"/>', '13326'],
  ['<Gather input="dtmf,speech"/>', '13326'],
  ['<Gather speechTimeout="0"/>', '13327'],
  ['<Gather maxSpeechTime="long"/>', '13328'],
  ['<Gather partialResultCallbackMethod="PUT"/>', '13329'],
  ['<Gather hints=""/>', '13330'],
  [`<Gather hints="${'a'.repeat(101)}"/>`, '13330'],
  ['<Gather language="en"/>', '13331'],
  ['<Gather bargeIn="1"/>', '13332'],
  ['<Gather profanityFilter="1"/>', '13333'],
  ['<Gather speechModel="best"/>', '13334'],
  ['<Gather speechModel="phone_call" speechTimeout="auto"/>', '13335'],
  ['<Gather actionOnEmptyResult="1"/>', '13338!'],
  // Play, Say, Pause.
  ['<Play loop="-1">a.mp3</Play>', '13410'],
  ['<Play digits="1,2"/>', '13430'],
  ['<Say loop="often">Hi</Say>', '13510'],
  ['<Say voice="bob">Hi</Say>', '13511'],
  ['<Say language="en">Hi</Say>', '13512'],
  ['<Say voice="Google.de-DE-Standard-A" language="en-US">Hi</Say>', '13512'],
  ['<Gather><Say voice="Google.en-GB-Chirp3-HD-Zephyr" language="en-US">Hi</Say></Gather>', '13512'],
  ['<Say> </Say>', '13520'],
  ['<Say><break/></Say>', '13520'],
  [`<Say>${'a'.repeat(4_097)}</Say>`, '13521'],
  [`<Say voice="Polly.Amy">${'a'.repeat(3_001)}</Say>`, '13521'],
  ['<Pause length="0"/>', '13910'],
  // Record.
  ['<Record method="PUT"/>', '13610'],
  ['<Record timeout="soon"/>', '13611'],
  ['<Record maxLength="1"/>', '13612'],
  ['<Record finishOnKey="any"/>', '13613'],
  ['<Record transcribe="1"/>', '13614'],
  ['<Record transcribe="true" maxLength="121"/>', '13615'],
  ['<Record playBeep="1"/>', '13616'],
  ['<Record recordingStatusCallback="http://[a"/>', '13256'],
  ['<Record transcribeCallback="http://[a"/>', '13257!'],
  ['<Record recordingStatusCallbackEvent="done"/>', '13621'],
  ['<Record trim="yes"/>', '13699'],
  // Redirect, Reject, Sms.
  ['<Redirect method="PUT">/next</Redirect>', '13710'],
  ['<Reject reason="lazy"/>', '13810'],
  ['<Sms/>', '14103'],
  // Enqueue and Queue.
  ['<Enqueue method="PUT">a</Enqueue>', '14201!'],
  ['<Enqueue waitUrl="http://[a">a</Enqueue>', '14202!'],
  ['<Enqueue action="http://[a">a</Enqueue>', '14203!'],
  ['<Enqueue> </Enqueue>', '14204!'],
  [`<Enqueue>${'a'.repeat(65)}</Enqueue>`, '14205!'],
  ['<Enqueue waitUrlMethod="PUT">a</Enqueue>', '14206!'],
  [`<Enqueue workflowSid="${WORKFLOW}">a</Enqueue>`, '12200'],
  ['<Enqueue>a<Task>{}</Task></Enqueue>', '12200'],
  ['<Dial><Queue method="PUT">a</Queue></Dial>', '14210!'],
  ['<Dial><Queue url="http://[a">a</Queue></Dial>', '14211!'],
  ['<Dial><Queue/></Dial>', '14212!'],
  [`<Dial><Queue>${'a'.repeat(65)}</Queue></Dial>`, '14213!'],
  ['<Dial><Queue reservationSid="a"/></Dial>', '14215!'],
  ['<Enqueue workflowSid="support"/>', '14220!'],
  [`<Enqueue workflowSid="${WORKFLOW}"><Task>[]</Task></Enqueue>`, '14221!'],
  [`<Enqueue workflowSid="${WORKFLOW}"><Task>{a}</Task></Enqueue>`, '14221!'],
  // Start and Stop.
  ['<Start/>', '14300!'],
  ['<Start><Room>a</Room></Start>', '14300!'],
  ['<Stop><Say>a</Say></Stop>', '14300!'],
  // Pay.
  ['<Pay chargeAmount="-1"/>', '64003!'],
  ['<Pay chargeAmount="1e9"/>', '64003!'],
  ['<Pay chargeAmount="1000000.01"/>', '64003!'],
  ['<Pay chargeAmount="1.999"/>', '64003!'],
  ['<Pay chargeAmount="1.5" currency="jpy"/>', '64003!'],
  ['<Pay paymentConnector=""/>', '64004!'],
  ['<Pay action="http://b.example/"/>', '64016!'],
  ['<Pay action="http://localhost:3000/"/>', '12200'],
  ['<Pay bankAccountType="consumer-checking"/>', '64017!'],
  ['<Pay tokenType="twice" currency="dollars" maxAttempts="4"/>', '64020!', '64020!', '64020!'],
  ['<Pay method="POST"/>', '12200'],
  ['<Pay><Prompt><Say>Hi</Say></Prompt></Pay>', '12200'],
]

test.each(FLAWED)('%s is told of under its codes', (verbs, ...codes) => {
  expect(problemsIn(verbs).map(marked)).toEqual(codes)
})

test.each([
  ['<Say>Hi</Say>', '14110'],
  ['<Hangup/>', '14110'],
  ['<Message to="bob">Hi</Message>', '14101'],
  ['<Message from="somebody unknown">Hi</Message>', '14102'],
  ['<Message/>', '14103'],
  ['<Message><Body> </Body></Message>', '14103'],
  [`<Message><Body>${'a'.repeat(1_000)}</Body><Body>${'a'.repeat(601)}</Body></Message>`, '14103'],
  ['<Message method="PUT">Hi</Message>', '14104'],
  ['<Message statusCallback="http://[a">Hi</Message>', '14105'],
  ['<Message action="http://[a">Hi</Message>', '14105'],
  ['<Message action="/a" statusCallback="/b">Hi</Message>', '14105'],
  ['<Message><Media>/a.png</Media></Message>', '21620'],
  ['<Message><Text>Hi</Text></Message>', '12200', '14103'],
  [`<Message>${'<Media>https://a.example/a.png</Media>'.repeat(11)}</Message>`, '21623'],
])('%s in the answer to a message is told of under its codes', (verbs, ...codes) => {
  expect(problemsIn(verbs, 'message').map(marked).sort()).toEqual(codes)
})

test.each([
  ['<Gather action="/done"/>', '15004!'],
  ['<Gather/>', '15004!'],
  ['<Record/>', '15004!'],
  ['<Pay/>', '15004!'],
  ['<Redirect/>', '15004!'],
  ['<Play>a.mp3</Play>', '15004!'],
  ['<Gather action="https://a.example/"/>'],
  ['<Dial>+15550100</Dial>'],
])('%s is told of under its codes where TwiML came from no URL', (verbs, ...codes) => {
  const document = parseTwiml(`<Response>${verbs}</Response>`, undefined)
  expect('code' in document ? [document] : problemsOf(document, 'voice').map(marked)).toEqual(codes)
})

test('a problem names the element, the attribute, the value and what was expected', () => {
  expect(problemsIn('<Dial timeout="soon" colour="red"><Say>a</Say>+1</Dial>').map(({ message }) => message)).toEqual([
    'timeout="soon" of <Dial>: expected an integer from 1 to 600',
    expect.stringMatching(/^colour="red" of <Dial> is unknown; expected one of action, method, timeout, .* and \w+$/),
    'the text "+1" of <Dial> is not dialled',
    '<Say> in <Dial> is left out; expected one of <Number>, <Client>, <Sip>, <Sim>, <Application>, <WhatsApp>, <Conference> and <Queue>',
  ])
})

test('what stands in an element that is left out is not told of', () => {
  expect(problemsIn('<Gather><Dial timeout="soon"/></Gather>').map(marked)).toEqual(['13320'])
})

test('the attributes of the root are checked but for its version', () => {
  const document = parseTwiml('<Response version="1.0" lang="en"/>', BASE)
  expect('code' in document ? [document] : problemsOf(document, 'voice')).toMatchObject([{ code: 12200 }])
})

const NAME = fc.oneof(
  fc.constantFrom(
    'Say',
    'Gather',
    'Dial',
    'Sip',
    'Pay',
    'Prompt',
    'Enqueue',
    'Task',
    'Stream',
    'Start',
    'Message',
    'p',
  ),
  fc.constantFrom('constructor', '__proto__', 'toString', 'x'),
)
const ATTRIBUTE = fc.constantFrom(
  'action',
  'url',
  'timeout',
  'currency',
  'chargeAmount',
  'hints',
  'callerId',
  '__proto__',
)
const VALUE = fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl(), fc.constantFrom('http://[', '1e9', '\u0000', ' '))

/** Documents that look like TwiML. */
const { element } = fc.letrec<{ element: string }>((tie) => ({
  element: fc
    .tuple(NAME, fc.dictionary(ATTRIBUTE, VALUE, { maxKeys: 3 }), fc.array(fc.oneof(VALUE, tie('element'))))
    .map(([name, attributes, children]) => {
      const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`)
      const inner = children.map((child) => (child.startsWith('<') ? child : escaped(child)))
      return `<${name}${written.join('')}>${inner.join('')}</${name}>`
    }),
}))

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
}

test('no text whatever makes it throw', () => {
  fc.assert(
    fc.property(
      fc.oneof(element, fc.string({ unit: 'binary' })),
      fc.constantFrom(BASE, undefined, 'x'),
      (verbs, base) => {
        for (const kind of ['voice', 'message'] as const)
          for (const { code, message } of problemsIn(verbs, kind, base))
            expect([code > 11_000, message]).toEqual([true, message])
      },
    ),
    { numRuns: 500 },
  )
})

test('an absolute URL is judged alone, wherever the document came from', () => {
  expect(problemsIn('<Pay action="http://a.example"/>', 'voice', 'x').map(marked)).toContain('64016!')
})

test('no nesting whatever makes it throw', () => {
  const deep = (levels: number) => `${'<lang>'.repeat(levels)}a${'</lang>'.repeat(levels)}`
  expect(problemsIn(`<Say>${deep(200)}</Say>`)).toEqual([])
  expect(problemsIn(`<Say>${deep(100_000)}</Say>`)).toMatchObject([{ code: 12100, level: 'error' }])
})

function marked({ code, level }: Problem): string {
  return `${code}${level === 'error' ? '!' : ''}`
}
