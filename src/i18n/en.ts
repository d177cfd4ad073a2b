import { app } from './en/app.ts'
import { brokerCard } from './en/brokerCard.ts'
import { broker } from './en/broker.ts'
import { connection } from './en/connection.ts'
import { failure } from './en/failure.ts'
import { form } from './en/form.ts'
import { help } from './en/help.ts'
import { inFlight } from './en/inFlight.ts'
import { message } from './en/message.ts'
import { packet } from './en/packet.ts'
import { publish } from './en/publish.ts'
import { reason } from './en/reason.ts'
import { request } from './en/request.ts'
import { search } from './en/search.ts'
import { session } from './en/session.ts'
import { subscription } from './en/subscription.ts'
import { topic } from './en/topic.ts'

/** English, the source of all keys. One file for each part of the screen. */
export const en = {
  app,
  broker,
  brokerCard,
  connection,
  failure,
  form,
  help,
  inFlight,
  message,
  packet,
  publish,
  reason,
  request,
  search,
  session,
  subscription,
  topic,
}
