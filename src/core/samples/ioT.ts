import type { IoTEvent } from 'aws-lambda';
import type { Sample } from './sample.ts';

/** The result of a rule's SELECT: the device's message with topic and time. */
interface DeviceReading {
  device: string;
  firmware: string;
  temperature: number;
  battery: number;
  topic: string;
  receivedAt: number;
}

/** SELECT *, topic() AS topic, timestamp() AS receivedAt FROM 'greenhouse/+/readings' */
export const ioTRule: Sample = {
  name: 'IoT Rule',
  group: 'Events',
  description: 'An AWS IoT Core rule forwards a device message.',
  event: {
    device: 'greenhouse-4',
    firmware: '1.8.2',
    temperature: 21.7,
    battery: 87,
    topic: 'greenhouse/4/readings',
    receivedAt: 1773739445123,
  } satisfies IoTEvent<DeviceReading>,
};
