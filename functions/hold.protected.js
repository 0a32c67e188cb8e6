/** What a caller hears who waits in a queue, as TwiML: its URL is the hold music of an Enqueue Call or Send to Flex. Only the carrier may ask for it. */
exports.handler = (_context, event, callback) => {
  const twiml = new Twilio.twiml.VoiceResponse()
  if (event.QueuePosition) twiml.say(`You are number ${event.QueuePosition} in line.`)
  twiml.play('/hold-music.wav')
  callback(null, twiml)
}
