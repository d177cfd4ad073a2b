import type {
  IAuthPacket,
  IConnackPacket,
  IConnectPacket,
  IDisconnectPacket,
  IPingreqPacket,
  IPingrespPacket,
  IPubackPacket,
  IPubcompPacket,
  IPubrecPacket,
  IPubrelPacket,
  ISubackPacket,
  ISubscribePacket,
  IUnsubackPacket,
  IUnsubscribePacket,
} from 'mqtt-packet'
import type { PublishPacket } from './publishPacket.ts'
import type { Will } from './will.ts'

export type ConnectPacket = Omit<IConnectPacket, 'will'> & { will: Will | undefined }

/** What a client may send. */
export type ClientPacket =
  | ConnectPacket
  | PublishPacket
  | AckPacket
  | ISubscribePacket
  | IUnsubscribePacket
  | IPingreqPacket
  | IDisconnectPacket
  | IAuthPacket

/** The four answers of the QoS 1 and QoS 2 flows, which both sides send. */
export type AckPacket = IPubackPacket | IPubrecPacket | IPubrelPacket | IPubcompPacket

export type ServerPacket =
  | IConnackPacket
  | PublishPacket
  | AckPacket
  | ISubackPacket
  | IUnsubackPacket
  | IPingrespPacket
  | IDisconnectPacket
  | IAuthPacket

export type { IAuthPacket, IConnackPacket, IDisconnectPacket } from 'mqtt-packet'
export type { ISubscribePacket, IUnsubscribePacket } from 'mqtt-packet'
